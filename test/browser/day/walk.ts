import type { Look } from '../../support/browser';
import { Day } from './day';
import type { Hand } from './hand';
import { steps } from './steps';

/** Walks the whole day, one test for each hand. A step that fails names itself, and so does a state with a fault. */
export function walkTheDay(hand: Hand, looks: readonly Look[]): void {
  let day: Day;
  beforeAll(async () => {
    day = await Day.begin(hand, looks);
  }, 300_000);
  afterAll(() => day.end());

  it(`is walked in ${steps.length} steps, and no page in any state has a fault`, async () => {
    const faults: string[] = [];
    for (const [index, step] of steps.entries()) {
      const name = `${index + 1}. the ${step.who} ${step.does}`;
      try {
        faults.push(...(await day.walk(step)).map((fault) => `${name}: ${fault}`));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error([`step ${name}: ${reason}`, ...faults].join('\n'), { cause: error });
      }
    }
    expect(faults).toEqual([]);
  }, 1_200_000);
}
