import { unusedEvidenceMessages } from './unused';

describe('why a list or an answer was not used', () => {
  it.each(Object.entries(unusedEvidenceMessages))('%s is explained in both languages', (_, { vi, en }) => {
    expect(vi).toMatch(/[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]/i);
    expect(en).toMatch(/^[\x20-\x7e]{40,}$/);
  });
});
