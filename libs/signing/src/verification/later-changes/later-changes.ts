import { asName } from '#pdf';
import type { PdfFile } from '#pdf';
import { formNodes, signedFields } from '../../document/form-fields';
import type { ModificationLevel } from '../report';
import { judgeRevision } from './judge-revision';
import type { RevisionVerdict } from './judge-revision';
import { levels } from './step';
import type { ChangeFinding } from './step';

export interface ChangesAfter {
  readonly level: ModificationLevel;
  readonly findings: readonly ChangeFinding[];
  /** A document time-stamp stands in a later revision. */
  readonly hasDocumentTimestamp: boolean;
}

/** What came after each revision; every revision is judged once, and only if a signature asks. */
export class LaterChanges {
  private readonly verdicts = new Map<number, RevisionVerdict>();

  constructor(private readonly file: PdfFile) {}

  /** @param revision that a signature covers; undefined: no revision at all, so that nothing can be told */
  after(revision: number | undefined): ChangesAfter {
    if (revision === undefined) {
      return {
        level: 'OTHER',
        findings: [{ code: 'CHANGE_UNREADABLE', where: 'ByteRange' }],
        hasDocumentTimestamp: false,
      };
    }
    const steps = this.file.revisions.slice(revision + 1).map(({ index }) => this.verdict(index));
    const findings = steps.flatMap((step) => step.findings);
    if (this.file.trailingBytes > 0) findings.push({ code: 'CHANGE_UNREADABLE', where: '%%EOF' });
    const level = findings.length > 0 ? 'OTHER' : strongest(steps.map((step) => step.level));
    return { level, findings, hasDocumentTimestamp: this.timestampAfter(revision) };
  }

  private verdict(index: number): RevisionVerdict {
    const known = this.verdicts.get(index) ?? judgeRevision(this.file, index);
    this.verdicts.set(index, known);
    return known;
  }

  private timestampAfter(revision: number): boolean {
    if (revision === this.file.revisions.length - 1) return false;
    const { latest } = this.file;
    const before = this.file.at(revision);
    return signedFields(latest, formNodes(latest)).some(
      ({ value, valueRef }) =>
        asName(latest.resolve(value.get('SubFilter'))) === 'ETSI.RFC3161' &&
        valueRef !== undefined &&
        before.get(valueRef) === null,
    );
  }
}

function strongest(found: readonly ModificationLevel[]): ModificationLevel {
  return found.reduce<ModificationLevel>(
    (worst, level) => (levels.indexOf(level) > levels.indexOf(worst) ? level : worst),
    'NONE',
  );
}
