import type { Browser, Page } from 'playwright-core';
import type { Look, Sitting } from '../../support/browser';
import { faultsOf, openBrowser, openWindow, showAs } from '../../support/browser';
import type { TestNode } from '../../support/test-node';
import { startTestNode } from '../../support/test-node';
import type { Hand } from './hand';
import { prepareDay } from './prepare';

/** The people of the day, each with a window of their own. */
export const people = {
  drafter: 'chuyenvien.tinhuy',
  reviewer: 'pho.tinhuy',
  leader: 'lanhdao.tinhuy',
  clerk: 'vanthu.tinhuy',
  receiver: 'vanthu.ubnd',
  chairman: 'lanhdao.ubnd',
  officer: 'chuyenvien.ubnd',
  inspector: 'kiemtra.tinhuy',
} as const;

/** What somebody has before them while they do a step. */
export interface Place {
  readonly page: Page;
  readonly hand: Hand;
  readonly node: TestNode;
}

export interface Step {
  readonly who: keyof typeof people;
  /** Reads after "the clerk …". */
  readonly does: string;
  readonly act: (place: Place) => Promise<void>;
}

export const step = (who: Step['who'], does: string, act: Step['act']): Step => ({ who, does, act });

/** One office, its people at their windows, and one hand for all of them. */
export class Day {
  private readonly windows = new Map<string, Sitting>();

  private constructor(
    private readonly node: TestNode,
    private readonly browser: Browser,
    private readonly hand: Hand,
    private readonly looks: readonly Look[],
  ) {}

  /** @param looks as what every state is checked */
  static async begin(hand: Hand, looks: readonly Look[]): Promise<Day> {
    const node = await startTestNode();
    await prepareDay(node);
    return new Day(node, await openBrowser(), hand, looks);
  }

  /** Does a step, then looks at the page it leads to: no fault, nothing wider than the screen, no complaint. */
  async walk({ who, act }: Step): Promise<readonly string[]> {
    const { page, complaints } = await this.windowOf(who);
    await act({ page, hand: this.hand, node: this.node });
    const faults: string[] = [];
    for (const look of this.looks) {
      await showAs(page, look);
      const where = `${look.screen}, ${look.theme}: `;
      faults.push(...(await faultsOf(page)).map((fault) => where + fault));
    }
    await showAs(page, atWork);
    return [...faults, ...complaints];
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.node.close();
  }

  private async windowOf(who: Step['who']): Promise<Sitting> {
    const known = this.windows.get(who);
    if (known) return known;
    const sitting = await openWindow(this.browser, this.node.origin, atWork);
    sitting.context.setDefaultTimeout(60_000);
    this.windows.set(who, sitting);
    return sitting;
  }
}

const atWork: Look = { screen: 'desk', theme: 'light' };
