import { useTranslation } from 'react-i18next';

import type { IncomingDocument } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { number } from '../../formats/numbers';

type Process = NonNullable<IncomingDocument['process']>;
type Instruction = Process['instructions'][number];
type Task = Instruction['lead'];

/** The instructions, the one in force first. */
export function Instructions({ process }: { readonly process: Process }) {
  const { t } = useTranslation();
  return (
    <>
      {process.instructions.map((instruction) => (
        <section
          key={instruction.id}
          className="sealpost-instruction"
          aria-labelledby={`instruction-${instruction.id}`}
        >
          <h3 id={`instruction-${instruction.id}`}>
            {t('incoming.instruct.n', { n: instruction.n })} · {instruction.givenBy.fullName}
            <span className="sealpost-quiet">
              {' '}
              <span className="sealpost-number">{moment(instruction.givenAt)}</span>
              {instruction.endedAt !== null &&
                `, ${t('incoming.instruct.ended', { moment: moment(instruction.endedAt) })}`}
            </span>
          </h3>
          {instruction.text !== null && <blockquote>{instruction.text}</blockquote>}
          <ul>
            <TaskLine part="lead" tasks={[instruction.lead]} />
            <TaskLine part="support" tasks={instruction.support} />
            <TaskLine part="inform" tasks={instruction.inform} />
            {instruction.due !== null && (
              <li>
                <strong>{t('incoming.fact.due')}:</strong>{' '}
                <span className="sealpost-number">{day(instruction.due)}</span>
              </li>
            )}
          </ul>
        </section>
      ))}
    </>
  );
}

function TaskLine({
  part,
  tasks,
}: {
  readonly part: 'lead' | 'support' | 'inform';
  readonly tasks: readonly Task[];
}) {
  const { t } = useTranslation();
  if (tasks.length === 0) return null;
  return (
    <li>
      <strong>{t(`incoming.instruct.parts.${part}`)}:</strong>{' '}
      {tasks.map((task, index) => (
        <span key={task.personId}>
          {index > 0 && '; '}
          {task.fullName}{' '}
          <span className="sealpost-quiet">
            (
            {[
              part === 'inform' ? null : t(`incoming.instruct.taskState.${task.state}`),
              task.seenAt === null
                ? t('incoming.instruct.unseen')
                : t('incoming.instruct.seen', { moment: moment(task.seenAt) }),
            ]
              .filter((word) => word !== null)
              .join(', ')}
            )
          </span>
        </span>
      ))}
    </li>
  );
}

interface Happening {
  readonly at: string;
  readonly text: string;
  readonly by?: string;
  readonly note?: string | null;
}

/** What has become of the document so far, the latest first. */
export function ProcessHistory({ document }: { readonly document: IncomingDocument }) {
  const { t } = useTranslation();
  const happenings = useHappenings(document);
  return (
    <section aria-labelledby="incoming-history">
      <h3 id="incoming-history" className="sealpost-desk__title">
        {t('incoming.history.title')}
      </h3>
      <ol className="sealpost-lines" reversed>
        {happenings.map(({ at, text, by, note }) => (
          <li key={`${at} ${text}`}>
            <span className="sealpost-number">{moment(at)}</span> · <strong>{text}</strong>
            {by && ` · ${by}`}
            {note && <p>“{note}”</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function useHappenings(document: IncomingDocument): readonly Happening[] {
  const { t } = useTranslation();
  const { settledAt, arrivalNumber, refusalReason } = document;
  const isPaper = document.source === 'paper';
  const settled: readonly Happening[] =
    settledAt === null
      ? []
      : arrivalNumber === null
        ? [{ at: settledAt, text: t('incoming.history.refused'), note: refusalReason }]
        : [
            {
              at: settledAt,
              text: t(isPaper ? 'incoming.history.registered' : 'incoming.history.accepted', {
                number: number(arrivalNumber),
              }),
            },
          ];
  const steps = (document.process?.steps ?? []).map(({ at, event, by, note }): Happening => ({
    at,
    text: t(`incoming.history.${event}`),
    by: by.fullName,
    note,
  }));
  const arrived = isPaper ? 'incoming.history.entered' : 'incoming.history.arrived';
  return [{ at: document.arrivedAt, text: t(arrived) }, ...settled, ...steps].reverse();
}
