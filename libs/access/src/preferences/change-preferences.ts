import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';
import type { Preferences } from './preferences';
import { findPreferences, putPreferences } from './preferences';

type Wishes = { readonly [Name in keyof Preferences]?: Preferences[Name] | null };

/** A person changes some of the own preferences; what is not named stays as it is. */
@Injectable()
export class ChangePreferences {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
  ) {}

  change(person: PersonActor, wishes: Wishes): Promise<Preferences> {
    const named = Object.fromEntries(
      Object.entries<unknown>({ ...wishes }).filter(([, value]) => value !== null && value !== undefined),
    ) as Partial<Preferences>;
    return this.unitOfWork.run(person, async (tx) => {
      const preferences = { ...(await findPreferences(tx, person.personId)), ...named };
      await putPreferences(tx, person.personId, preferences);
      // A saved view may hold words that were searched for: how many there are is enough for the trail.
      const { views, ...plain } = named;
      const details = { ...plain, ...(views && { views: views.length }) };
      await this.trail.record(
        person,
        { action: 'session.preferences_changed', outcome: 'success', details },
        { within: tx },
      );
      return preferences;
    });
  }
}
