import { blocs } from '#directory';

import { documentTypesOf } from '../../rules/document-types';
import { otherPaperType, otherPaperTypeName } from '../../rules/envelope-marks';

/** What a paper may be entered as. */
export interface PaperType {
  readonly code: string;
  readonly name: string;
  readonly en: string;
}

/** The types of every bloc, each code once, by their Vietnamese names; any other paper last. */
export function paperTypes(): readonly PaperType[] {
  const byCode = new Map(
    blocs.flatMap(documentTypesOf).map(({ code, name, en }) => [code, { code, name, en }] as const),
  );
  const byName = new Intl.Collator('vi');
  return [
    ...[...byCode.values()].toSorted((a, b) => byName.compare(a.name, b.name)),
    { code: otherPaperType, ...otherPaperTypeName },
  ];
}
