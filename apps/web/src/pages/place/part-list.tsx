import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { Layout, PartPlace, PlacedPart } from '../../api/types';
import { placedParts, point, standardPlace } from './standard-places';

interface Props {
  readonly layout: Layout;
  /** Pages of the file. */
  readonly pages: number;
  /** The page that is shown. */
  readonly page: number;
  readonly onChange: (part: PlacedPart, place: PartPlace | undefined) => void;
}

/** Every part with its place in millimetres, read out as it moves. */
export function PartList({ layout, pages, page, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="sealpost-rows">
      {placedParts.map((part) => {
        const place = layout[part];
        const name = t(`place.part.${part}`);
        return (
          <li key={part}>
            <strong>{name}</strong>
            <div aria-live="polite" className="sealpost-number">
              {place
                ? t('place.at', {
                    page: place.page,
                    left: Math.round(place.x / point),
                    bottom: Math.round(place.y / point),
                  })
                : t('place.automatic')}
            </div>
            <div className="sealpost-actions">
              <Button
                variant="link"
                isInline
                aria-label={t('place.standardOf', { part: name })}
                onClick={() => {
                  onChange(part, standardPlace(part, pages));
                }}
              >
                {t('place.standard')}
              </Button>
              {place && place.page !== page && (
                <Button
                  variant="link"
                  isInline
                  aria-label={t('place.hereOf', { part: name })}
                  onClick={() => {
                    onChange(part, { ...place, page });
                  }}
                >
                  {t('place.here')}
                </Button>
              )}
              {place && (
                <Button
                  variant="link"
                  isInline
                  aria-label={t('place.byItselfOf', { part: name })}
                  onClick={() => {
                    onChange(part, undefined);
                  }}
                >
                  {t('place.byItself')}
                </Button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
