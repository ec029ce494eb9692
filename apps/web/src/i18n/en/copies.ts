import type { Texts } from '..';
import type { copies as vi } from '../vi/copies';

export const copies: Texts<typeof vi> = {
  title: 'Make a copy',
  description:
    'A copy is numbered, signed by the agency and issued as an outgoing document. What is copied stays as it is, with its signatures valid.',
  make: 'Make the copy',
  done: 'The copy is made. Next: assign its number.',
  kind: 'Kind of copy',
  none: 'This document is not copied on: nothing is made of a re-copy or an extract, nor what the agency may not make.',
  pages: 'Pages to extract',
  pagesHint:
    'For example: 1, 3-5. The main file has {{count}} pages; include the first, which bears the heading.',
  recipients: 'Recipients of the copy',
  made: 'Copies made before',
  verdict: {
    whole:
      'This is a copy ({{type}}) of: {{what}}. The copying agency’s signature is the last; those before it are of what was copied.',
    extract:
      'This is an extract ({{type}}) of: {{what}}. It holds the pages taken out alone, under the copying agency’s signature.',
  },
};
