import { useTranslation } from 'react-i18next';

import { moment } from '../../formats/moments';
import type { SentBy, SignatureReport, VerdictLine } from './verdict-lines';
import { linesOf } from './verdict-lines';

interface Props {
  readonly report: SignatureReport;
  readonly sender: SentBy;
}

const signs = { good: '✓', open: '?', bad: '✗' } as const;

/** One signature: five lines, each with its mark in words, why, and what to do; the codes folded away. */
export function SignatureVerdict({ report, sender }: Props) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'vi';
  const lines = linesOf(report, sender);
  const name = report.signer?.name;
  const codes = [
    report.subIndication,
    report.level,
    report.coverage,
    ...report.messages.map(({ code }) => code),
  ].filter((code) => code !== null);
  return (
    <div className="sealpost-verdict__signature">
      <h5>
        {report.type === 'timestamp'
          ? t('incoming.verdict.timestampOnly')
          : name === undefined
            ? t('incoming.verdict.signatureUnknown')
            : t('incoming.verdict.signature', { name })}
      </h5>
      <dl>
        {lines.map((line) => (
          <div key={line.name} className={`sealpost-verdict__line sealpost-verdict__line--${line.mark}`}>
            <dt>
              <span aria-hidden="true">{signs[line.mark]}</span> {t(`incoming.verdict.line.${line.name}`)}
              <span className="sealpost-verdict__mark"> {t(`incoming.verdict.mark.${line.mark}`)}</span>
            </dt>
            <dd>
              <Finding line={line} report={report} sender={sender} />
              {line.messages.map((message) => (
                <p key={message.code}>{message[language]}</p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{t('incoming.verdict.code')}</summary>
        <code>{[report.indication, ...new Set(codes)].join(' · ')}</code>
      </details>
    </div>
  );
}

function Finding({ line, report, sender }: Props & { readonly line: VerdictLine }) {
  const { t } = useTranslation();
  const { signer } = report;
  if (line.finding === null) return null;
  const time = report.timestampTime ?? report.signingTime;
  return (
    <p>
      {t(`incoming.verdict.${line.finding}`, {
        name: line.name === 'authority' ? (signer?.organization ?? signer?.name ?? '') : (signer?.name ?? ''),
        organization: signer?.organization ?? '',
        code: sender.code ?? '',
        moment: time === null ? '' : moment(time),
      })}
    </p>
  );
}
