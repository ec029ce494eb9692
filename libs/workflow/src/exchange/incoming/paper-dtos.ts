import { Count, DateOnly, Id, OneOf, Text, WordList } from '#platform';

import type { FileRole } from '../../issued-document';
import { fileRoles } from '../../issued-document';
import type { Secrecy, Urgency } from '../../rules/marks';
import { secrecyCodes, urgencyCodes } from '../../rules/marks';
import type { PaperChannel } from '../../rules/channels';
import type { EnvelopeMark } from '../../rules/envelope-marks';
import { paperChannels } from '../../rules/channels';
import { envelopeMarks } from '../../rules/envelope-marks';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

export class EnterPaperBody {
  @Id({ optional: true, description: 'The sender, where the directory knows it; else `senderName`.' })
  readonly senderAgencyId?: string | null;

  @Text({ optional: true, max: 500, description: 'The sender in words (tác giả).' })
  readonly senderName?: string | null;

  @Text({
    optional: true,
    max: 20,
    pattern: /^[A-Z]+$/,
    description:
      'Document type; KHAC for any other paper. Of a secret registered by its envelope it may be unknown.',
  })
  readonly typeCode?: string | null;

  @Text({ optional: true, max: 60, description: 'Số, ký hiệu as on the page.', example: '57-NQ/TW' })
  readonly symbol?: string | null;

  @DateOnly({ optional: true, description: 'The date on the page.' })
  readonly issuedOn?: string | null;

  @Text({
    optional: true,
    max: 500,
    description: 'Trích yếu; required of a document that is not secret, never of a top-secret one.',
  })
  readonly abstract?: string | null;

  @OneOf(secrecyCodes)
  readonly secrecy: Secrecy;

  @OneOf(urgencyCodes, { description: '0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc hẹn giờ.' })
  readonly urgency: Urgency;

  @Text({ optional: true, max: 40, pattern: instant, description: 'When a timed express paper must arrive.' })
  readonly urgencyAt?: string;

  @Count({ optional: true, min: 1, max: 100_000, description: 'Pages of all of it.' })
  readonly pages?: number | null;

  @OneOf(paperChannels, { description: 'kt1 (classified post), post (bưu điện), direct (trực tiếp).' })
  readonly channel: PaperChannel;

  @Text({ max: 40, pattern: instant, description: 'When it was handed over.' })
  readonly receivedAt: string;

  @WordList(envelopeMarks, { max: 10, unique: true, description: 'What is noted about the envelope.' })
  readonly envelopeMarks: readonly EnvelopeMark[];

  @Text({
    optional: true,
    max: 500,
    description: 'Anything else about the envelope; never of a top-secret document.',
  })
  readonly envelopeRemarks?: string | null;
}

export class AddScanBody {
  @OneOf(fileRoles)
  readonly role: FileRole;

  @Text({ optional: true, max: 500 })
  readonly title?: string;
}
