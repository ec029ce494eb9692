import { Title } from '@patternfly/react-core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { Flag, FlagRule } from '../../api/types';
import { moment } from '../../formats/moments';
import { trailAround } from './trail-around';
import type { Scope } from './use-scope';

interface Props {
  readonly rule: FlagRule;
  readonly items: readonly Flag[];
  readonly scope: Scope;
}

/** One rule in words, and whom it noticed. */
export function FlagsOfRule({ rule, items, scope }: Props) {
  const { t, i18n } = useTranslation();
  const { code, actions, hours } = rule;
  const explained = [
    rule.atLeast === 1
      ? t('inspection.flags.any')
      : t('inspection.flags.rule', { count: rule.atLeast, minutes: timeOf(rule.withinMinutes, t) }),
    ...(hours ? [t('inspection.flags.between', hours)] : []),
  ].join(', ');
  const counted = actions.map((action) => t(`actions.${action}`)).join(', ');
  return (
    <section aria-labelledby={code} className="sealpost-inspection__rule">
      <Title headingLevel="h2" size="md" id={code}>
        {i18n.language === 'en' ? rule.en : rule.vi} ({items.length})
      </Title>
      <p className="sealpost-quiet">
        {explained}. {t('inspection.flags.counted', { actions: counted })}. {t('inspection.flags.basis')}
      </p>
      {items.length > 0 && (
        <ul className="sealpost-rows">
          {items.map((flag) => (
            <li key={`${flag.personId} ${flag.lastSeq}`} className="sealpost-rows__line">
              <span className="sealpost-rows__name">
                <strong>{flag.fullName}</strong>
                {flag.agencyName !== null && <span className="sealpost-quiet"> {flag.agencyName}</span>}
              </span>
              <span>
                {t('inspection.flags.times', { count: flag.count })}{' '}
                <span className="sealpost-inspection__days">
                  {moment(flag.from) === moment(flag.to)
                    ? t('inspection.flags.once', { at: moment(flag.to) })
                    : t('inspection.flags.span', { from: moment(flag.from), to: moment(flag.to) })}
                </span>
              </span>
              <Link
                href={trailAround(scope, flag, {
                  person: flag.personId,
                  // The trail is searched by one action at a time.
                  action: actions.length === 1 ? (actions[0] ?? '') : '',
                })}
                aria-label={t('inspection.flags.entriesOf', { name: flag.fullName })}
              >
                {t('inspection.flags.entries')}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function timeOf(minutes: number, t: TFunction): string {
  return minutes % 60 === 0
    ? t('inspection.flags.hours', { count: minutes / 60 })
    : t('inspection.flags.minutes', { count: minutes });
}
