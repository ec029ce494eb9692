import { readDer } from '../der/element';
import { derOid, derSequence, derSetOf, derUtf8String } from '../der/writer';
import { oids } from '../oids';
import { composedText } from './comparable-text';
import { readName } from './distinguished-name';
import { mailbox } from './mailbox';

const nameOf = (text: string): ReturnType<typeof readName> =>
  readName(readDer(derSequence(derSetOf(derSequence(derOid(oids.commonName), derUtf8String(text))))));

describe('texts of names', () => {
  it('are the same composed or decomposed, whatever their case, spaces and invisible marks', () => {
    const same = [
      'nguyễn văn thử',
      ' NGUYỄN  VĂN THỬ ',
      'Nguyễn\u00ad Văn\u200d Thử',
      '\ufeffNguyễn Văn Thử',
    ];
    for (const text of same)
      for (const form of ['NFC', 'NFD'] as const)
        expect(nameOf('Nguyễn Văn Thử').equals(nameOf(text.normalize(form)))).toBe(true);
    expect(nameOf('Nguyễn Văn Thử').equals(nameOf('Nguyen Van Thu'))).toBe(false);
  });

  // Normal forms sort marks of several classes, one by one.
  it.each([
    ['', '\u0301\u0316'],
    ['that only compatibility makes', '\u0301\uff9e'],
    ['with invisible ones between', '\u0301\u0316\u200b'],
  ])('with endless runs of marks %s are compared by their octets, in no time', (_, marks) => {
    const text = `a${marks.repeat(50_000)}`;
    const start = performance.now();
    expect(nameOf(text).equals(nameOf(text))).toBe(true);
    expect(nameOf(text).key).not.toBe(nameOf(`${text}\u0301`).key);
    expect(mailbox(`${text}@example.vn`) === undefined).toBe(!text.includes('\u200b'));
    composedText(text);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('are composed where they can be', () => {
    expect(composedText('Tiếng Việt'.normalize('NFD'))).toBe('Tiếng Việt');
    const endless = '\u0301\u0316'.repeat(50_000);
    expect(composedText(endless) === endless).toBe(true);
  });
});
