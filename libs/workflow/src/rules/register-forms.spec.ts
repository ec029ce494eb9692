import {
  handlingForm,
  incomingForm,
  outgoingForm,
  secretIncomingForm,
  secretOutgoingForm,
} from './register-forms';

const forms = [outgoingForm, incomingForm, handlingForm, secretOutgoingForm, secretIncomingForm];

it.each(forms.map((form) => [form.title, form] as const))('%s fills the width of A4 landscape', (_, form) => {
  expect(form.columns.reduce((sum, { widthMm }) => sum + widthMm, 0)).toBe(262);
  const keys = form.columns.map(({ key }) => key as string);
  expect(new Set(keys).size).toBe(keys.length);
});

it('the register of outgoing documents has the ten columns of Decree 30 in their order', () => {
  expect(outgoingForm.columns.map(({ key }) => key)).toEqual([
    'symbol',
    'date',
    'title',
    'signer',
    'recipients',
    'keeper',
    'copies',
    'sentOn',
    'receipt',
    'note',
  ]);
});
