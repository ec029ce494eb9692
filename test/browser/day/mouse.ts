import type { Locator } from 'playwright-core';
import type { GivenFile, Hand } from './hand';
import { optionsOf, optionWith } from './hand';

/** Clicks where things are; types only what has to be written. */
export const mouse: Hand = {
  press: (control) => control.click(),
  pick: async (menu, item) => {
    await menu.click();
    await item.click();
  },
  write: async (field, text) => {
    await field.click();
    await field.page().keyboard.press('ControlOrMeta+A');
    await field.page().keyboard.type(text);
  },
  choose: async (select, words) => {
    const { labels } = await optionsOf(select);
    // The list of a native select is the system's, where no mouse of a test reaches.
    await select.selectOption({ index: optionWith(labels, words, select) });
  },
  find: async (finder, words) => {
    await mouse.write(finder, words);
    await finder.page().locator('.sealpost-finder button').first().click();
  },
  give: (button, file) => drop(button, file),
  move: async (box, { right, up }) => {
    // Waits until the page of paper has been drawn for this width, and the box lies still.
    await box.hover();
    const at = await box.boundingBox();
    if (!at) throw new Error(`${String(box)} is not on the screen`);
    const { mouse: pointer } = box.page();
    const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
    await pointer.down();
    await pointer.move(x + right, y - up, { steps: 5 });
    await pointer.up();
  },
};

/** Lets a file fall on the page beside the button that would ask for it. */
async function drop(button: Locator, { name, mimeType, buffer }: GivenFile): Promise<void> {
  await button.waitFor();
  const held = await button.page().evaluateHandle(
    ([base64, type, title]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], title, { type }));
      return transfer;
    },
    [buffer.toString('base64'), mimeType, name] as const,
  );
  await button.dispatchEvent('dragover', { dataTransfer: held });
  await button.dispatchEvent('drop', { dataTransfer: held });
}
