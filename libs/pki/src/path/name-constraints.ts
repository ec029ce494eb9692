import type { Certificate } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import { readNameConstraints } from '../certificate/name-constraints';
import type { GeneralName } from '../names/general-name';
import { constrainableForms, emailName, subjectName, subtreeUnder } from '../names/subtrees';
import type { NameForm, SubjectName, Subtree } from '../names/subtrees';
import { oids } from '../oids';
import { readLeniently } from './read-leniently';
import type { Finding } from './result';

/** Subtrees by the form of names they are about. */
type Subtrees = ReadonlyMap<NameForm, readonly Subtree[]>;

interface Constraints {
  readonly permitted: Subtrees;
  readonly excluded: Subtrees;
}

/** Name comparisons for one validation: far above any honest need, a tenth of a second of work. */
const maxNameComparisons = 2 ** 20;

const read = new WeakMap<Certificate, Constraints | 'malformed' | 'none'>();
const named = new WeakMap<Certificate, readonly SubjectName[]>();

function constraintsOf(certificate: Certificate): Constraints | 'malformed' | 'none' {
  const known = read.get(certificate) ?? compile(certificate);
  read.set(certificate, known);
  return known;
}

function compile(certificate: Certificate): Constraints | 'malformed' | 'none' {
  const extension = findExtension(certificate.extensions, oids.nameConstraints);
  if (!extension) return 'none';
  const constraints = readLeniently(() => readNameConstraints(extension.value));
  const permitted = constraints && subtrees(constraints.permitted);
  const excluded = constraints && subtrees(constraints.excluded);
  return permitted && excluded ? { permitted, excluded } : 'malformed';
}

/** Undefined when a base is not well made. */
function subtrees(bases: readonly GeneralName[] = []): Subtrees | undefined {
  const byForm = new Map<NameForm, Subtree[]>();
  for (const base of bases) {
    const subtree = subtreeUnder(base);
    if (!subtree) return undefined;
    const known = byForm.get(subtree.form);
    if (known) known.push(subtree);
    else byForm.set(subtree.form, [subtree]);
  }
  return byForm;
}

/** Whether names below this certificate have to be looked at. */
export function constrainsNames(certificate: Certificate): boolean {
  return constraintsOf(certificate) !== 'none';
}

/** RFC 5280 §4.2.1.10: well made, and in certificates of authorities only. */
export function nameConstraintsForm(certificate: Certificate): Finding[] {
  const constraints = constraintsOf(certificate);
  if (constraints === 'none') return [];
  if (constraints === 'malformed') return [['CERTIFICATE_BAD_EXTENSION', 'nameConstraints is malformed']];
  return certificate.isCa
    ? []
    : [['CERTIFICATE_BAD_EXTENSION', 'nameConstraints in a certificate that is no authority']];
}

/** The subject, its alternative names, and the e-mail addresses of the subject where no other names one. */
function namesOf(certificate: Certificate): readonly SubjectName[] {
  const known = named.get(certificate);
  if (known) return known;
  const { subject, subjectAltNames } = certificate;
  const alternatives = subjectAltNames.map(subjectName);
  const ownName: SubjectName[] = subject.isEmpty ? [] : [{ form: 'directory', name: subject }];
  const addresses = alternatives.some(({ form }) => form === 'email')
    ? []
    : subject.attributes.filter(({ type }) => type === oids.emailAddress);
  const names = [...ownName, ...alternatives, ...addresses.map(({ text }) => emailName(text ?? ''))];
  named.set(certificate, names);
  return names;
}

/**
 * Compares the names of certificates with the constraints of authorities above them, each pair once
 * (RFC 5280 §6.1.3 b and c). Every comparison counts against one bound: constraints times names is a known bomb.
 */
export class NameChecks {
  comparisons = 0;

  private readonly known = new Map<Certificate, Map<Certificate, Finding | 'fits'>>();

  constructor(private readonly limit = maxNameComparisons) {}

  /** Why the names of `lower` may not stand below `higher`; undefined when they may. */
  problem(lower: Certificate, higher: Certificate): Finding | undefined {
    const constraints = constraintsOf(higher);
    // Malformed ones are a failure of the authority's own.
    if (constraints === 'none' || constraints === 'malformed') return undefined;
    const results = this.known.get(lower) ?? new Map<Certificate, Finding | 'fits'>();
    this.known.set(lower, results);
    const result = results.get(higher) ?? this.firstProblem(namesOf(lower), constraints) ?? 'fits';
    results.set(higher, result);
    return result === 'fits' ? undefined : result;
  }

  private firstProblem(names: readonly SubjectName[], constraints: Constraints): Finding | undefined {
    for (const name of names) {
      const excluded = constraints.excluded.get(name.form);
      const permitted = constraints.permitted.get(name.form);
      if (!excluded && !permitted) continue;
      const problem = this.problemOf(name, excluded ?? [], permitted);
      if (problem) return problem;
    }
    return undefined;
  }

  private problemOf(
    name: SubjectName,
    excluded: readonly Subtree[],
    permitted: readonly Subtree[] | undefined,
  ): Finding | undefined {
    if (!constrainableForms.has(name.form)) {
      return ['NAME_CONSTRAINT_UNSUPPORTED', `names of form ${name.form} are constrained`];
    }
    if ('unreadable' in name)
      return ['NAME_NOT_PERMITTED', `a malformed ${name.form} name under constraints`];
    this.comparisons += excluded.length + (permitted?.length ?? 0);
    if (this.comparisons > this.limit) {
      return ['NAME_CONSTRAINTS_TOO_LARGE', `more than ${this.limit} comparisons of names`];
    }
    if (excluded.some((subtree) => subtree.touches(name))) {
      return ['NAME_EXCLUDED', `a ${name.form} name is in an excluded subtree`];
    }
    if (permitted && !permitted.some((subtree) => subtree.covers(name))) {
      return ['NAME_NOT_PERMITTED', `a ${name.form} name is in no permitted subtree`];
    }
    return undefined;
  }
}
