import type { Locator } from 'playwright-core';
import type { Hand } from './hand';
import { optionsOf, optionWith } from './hand';

/** Whoever has to press Tab more often than this has not reached the control. */
const mostTabs = 200;
/** A menu, a list of radios or a select is shorter than this. */
const mostArrows = 60;

/** Nothing but keys: every control is come to by Tab, or by arrows within a menu or among radios. */
export const keyboard: Hand = {
  press: async (control) => {
    const role = await roleOf(control);
    await reach(control);
    if (role === 'radio') return;
    await control.page().keyboard.press(role === 'checkbox' ? 'Space' : 'Enter');
  },
  pick: async (menu, item) => {
    await keyboard.press(menu);
    await item.waitFor();
    await arrowTo(item);
    await item.page().keyboard.press('Enter');
  },
  write: async (field, text) => {
    await reach(field);
    await field.page().keyboard.press('ControlOrMeta+A');
    await field.page().keyboard.type(text);
  },
  choose: async (select, words) => {
    const { labels } = await optionsOf(select);
    const wanted = optionWith(labels, words, select);
    await reach(select);
    for (let arrows = 0; arrows < labels.length; arrows += 1) {
      const { chosen } = await optionsOf(select);
      if (chosen === wanted) return;
      await select.page().keyboard.press(chosen < wanted ? 'ArrowDown' : 'ArrowUp');
    }
    throw new Error(`no arrow chooses "${words}" in ${String(select)}`);
  },
  find: async (finder, words) => {
    await keyboard.write(finder, words);
    await finder.page().locator('.sealpost-finder').waitFor();
    await finder.page().keyboard.press('Enter');
  },
  give: async (button, file) => {
    const asked = button.page().waitForEvent('filechooser');
    await keyboard.press(button);
    await (await asked).setFiles(file);
  },
  move: async (box, { right, up }) => {
    await reach(box);
    const { keyboard: keys } = box.page();
    for (let n = 0; n < Math.abs(right); n += 1) await keys.press(right > 0 ? 'ArrowRight' : 'ArrowLeft');
    for (let n = 0; n < Math.abs(up); n += 1) await keys.press(up > 0 ? 'ArrowUp' : 'ArrowDown');
  },
};

function roleOf(control: Locator): Promise<'radio' | 'checkbox' | 'other'> {
  return control.evaluate((element) => {
    const type = element instanceof HTMLInputElement ? element.type : '';
    return type === 'radio' || type === 'checkbox' ? type : 'other';
  });
}

const hasFocus = async (control: Locator): Promise<boolean> =>
  (await control.and(control.page().locator(':focus')).count()) > 0;

/** Presses Tab until the control has the focus, and looks whether one sees that it has. */
async function reach(control: Locator): Promise<void> {
  await control.waitFor();
  if (await hasFocus(control)) return;
  const before = await looksOf(control);
  const isRadio = (await roleOf(control)) === 'radio';
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    await control.page().keyboard.press('Tab');
    if (isRadio && (await isInItsGroup(control))) return arrowTo(control);
    if (await hasFocus(control)) return seen(control, before);
  }
  throw new Error(`${mostTabs} tabs do not reach ${String(control)}`);
}

async function arrowTo(item: Locator): Promise<void> {
  for (let arrows = 0; arrows < mostArrows; arrows += 1) {
    if (await hasFocus(item)) return;
    await item.page().keyboard.press('ArrowDown');
  }
  throw new Error(`${mostArrows} arrows do not reach ${String(item)}`);
}

/** Tab comes to one radio of a group; arrows go on from there. */
const isInItsGroup = (radio: Locator): Promise<boolean> =>
  radio.evaluate((element) => {
    const { activeElement } = document;
    const isOne = activeElement instanceof HTMLInputElement && element instanceof HTMLInputElement;
    return isOne && activeElement.type === 'radio' && activeElement.name === element.name;
  });

/** How a control and what is drawn around it look: the ring of the focus is one of these. */
function looksOf(control: Locator): Promise<string> {
  return control.evaluate((element) => {
    const around = [element, element.parentElement, element.parentElement?.parentElement];
    const looks = around.flatMap((each) =>
      each ? [undefined, '::before', '::after'].map((part) => getComputedStyle(each, part)) : [],
    );
    return looks
      .map((look) =>
        [look.outline, look.boxShadow, look.border, look.backgroundColor, look.textDecoration].join(';'),
      )
      .join('\n');
  });
}

/** WCAG 2.2 SC 2.4.7 and 2.4.11: the focus is visible, and nothing covers what has it. */
async function seen(control: Locator, before: string): Promise<void> {
  if ((await looksOf(control)) === before) throw new Error(`one cannot see the focus on ${String(control)}`);
  const cover = await control.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const middle = (from: number, to: number, most: number): number =>
      (Math.max(from, 0) + Math.min(to, most)) / 2;
    const found = document.elementFromPoint(
      middle(left, right, innerWidth - 1),
      middle(top, bottom, innerHeight - 1),
    );
    const label = element instanceof HTMLInputElement ? element.labels : null;
    const isSeen = found !== null && (element.contains(found) || found.contains(element));
    return isSeen || [...(label ?? [])].some((each) => each.contains(found))
      ? ''
      : (found?.outerHTML ?? 'nothing');
  });
  if (cover !== '') throw new Error(`the focus on ${String(control)} is covered by ${cover.slice(0, 200)}`);
}
