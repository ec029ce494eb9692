import type { Locator } from 'playwright-core';

/** A file as a person has it at hand. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** One way of using the page. The day is written once in these words and done by a mouse and by a keyboard alone. */
export interface Hand {
  /** Presses a button, follows a link, ticks a box, takes a radio. */
  press(control: Locator): Promise<void>;
  /** Opens a menu and takes one of its items. */
  pick(menu: Locator, item: Locator): Promise<void>;
  /** Writes into a field, instead of what stands there. */
  write(field: Locator, text: string): Promise<void>;
  /** Takes the option of a select that says this. */
  choose(select: Locator, words: string): Promise<void>;
  /** Takes what is offered first while one searches in the directory. */
  find(finder: Locator, words: string): Promise<void>;
  /** Hands over a file: with the mouse by dropping it on the page, otherwise by the button that asks for one. */
  give(button: Locator, file: GivenFile): Promise<void>;
  /** Moves a box over a page of paper, in pixels of the screen or in as many steps of a millimetre. */
  move(box: Locator, steps: { readonly right: number; readonly up: number }): Promise<void>;
}

/** The labels of a native select's options, in their order, and which of them is chosen. */
export function optionsOf(
  select: Locator,
): Promise<{ readonly labels: readonly string[]; readonly chosen: number }> {
  return select.evaluate((element) => {
    const { options, selectedIndex } = element as HTMLSelectElement;
    return { labels: [...options].map(({ label }) => label), chosen: selectedIndex };
  });
}

/** The option that says this. @throws Error when the select offers none */
export function optionWith(labels: readonly string[], words: string, select: Locator): number {
  const index = labels.findIndex((label) => label.includes(words));
  if (index === -1) throw new Error(`${String(select)} offers no "${words}"`);
  return index;
}
