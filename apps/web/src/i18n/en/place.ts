import type { Texts } from '..';

export const place: Texts['place'] = {
  title: 'Place number, date and signatures',
  lead: 'Drag a box on the page, or choose it and use the arrow keys (1 mm a step, with Shift 10 mm).',
  part: {
    number: 'Number and symbol',
    date: 'Place and date',
    signature: 'Signature of the competent person',
    agencySignature: 'Agency signature',
  },
  automatic: 'Placed by itself as Decree 30/2020/NĐ-CP says.',
  at: 'Page {{page}}, {{left}} mm from the left, {{bottom}} mm from the bottom',
  standard: 'Standard place',
  standardOf: 'Standard place: {{part}}',
  here: 'Move to the page shown',
  hereOf: 'Move to the page shown: {{part}}',
  byItself: 'Place by itself',
  byItselfOf: 'Place by itself: {{part}}',
  basis: 'Standard places as in Decree 30/2020/NĐ-CP, Annex I (A4).',
  saved: 'The places were saved.',
  covers: 'A box covers text of the page',
  noFile: 'The document has no main file. Add a PDF on the drafting page, then place its parts.',
};
