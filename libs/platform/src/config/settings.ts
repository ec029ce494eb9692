import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every setting that is wrong, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly complaints: readonly string[]) {
    super(
      `The configuration is not usable:\n${complaints.map((complaint) => `  - ${complaint}`).join('\n')}`,
    );
  }
}

/**
 * Reads settings from environment variables into a validated, frozen instance of a class decorated with
 * class-validator. `names` says which variable feeds which property; empty variables count as absent, so
 * that the property's default stands. Throws a ConfigError that lists all complaints.
 */
export function readSettings<T extends object>(
  type: new () => T,
  names: Readonly<Record<string, string>>,
  environment: Environment,
): Readonly<T> {
  const raw: Record<string, string> = {};
  for (const [property, variable] of Object.entries(names)) {
    const value = environment[variable]?.trim();
    if (value) raw[property] = value;
  }
  const settings = plainToInstance(type, raw, { exposeDefaultValues: true });
  const complaints = validateSync(settings, { forbidUnknownValues: true }).flatMap((error) =>
    Array.from(
      new Set(Object.values(error.constraints ?? {})),
      (constraint) => `${names[error.property] ?? error.property}: ${constraint}`,
    ),
  );
  if (complaints.length > 0) throw new ConfigError(complaints);
  return Object.freeze(settings);
}
