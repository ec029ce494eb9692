import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { PartPlace, PlacedPart } from '../../api/types';
import type { ShownPage } from '../../parts/pdf-pages';
import { moved, point } from './standard-places';

interface Props {
  readonly part: PlacedPart;
  readonly place: PartPlace;
  readonly page: ShownPage;
  readonly onMove: (place: PartPlace) => void;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** One part over the page: dragged, or moved by arrow keys a millimetre a step. */
export function PartBox({ part, place, page, onMove }: Props) {
  const { t } = useTranslation();
  const held = useRef<{ readonly x: number; readonly y: number; readonly place: PartPlace }>(undefined);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const length = (event.shiftKey ? 10 : 1) * point;
    onMove(moved(place, { x: step[0] * length, y: step[1] * length }, page));
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent): void => {
    if (!held.current) return;
    const x = (clientX - held.current.x) / page.scale;
    const y = (held.current.y - clientY) / page.scale;
    onMove(moved(held.current.place, { x, y }, page));
  };
  const letGo = (): void => {
    held.current = undefined;
  };
  return (
    <button
      type="button"
      className="sealpost-box"
      style={{
        left: place.x * page.scale,
        bottom: place.y * page.scale,
        width: place.width * page.scale,
        height: place.height * page.scale,
      }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { x: event.clientX, y: event.clientY, place };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      {t(`place.part.${part}`)}
    </button>
  );
}
