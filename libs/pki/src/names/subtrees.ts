import { contextTag, readDer, tags } from '../der/element';
import { DerReader, onlyChild } from '../der/reader';
import { textValue } from '../der/text';
import { oidValue } from '../der/values';
import { PkiError } from '../errors';
import { oids } from '../oids';
import type { DistinguishedName } from './distinguished-name';
import type { GeneralName } from './general-name';
import { dnsName, hostName, isUnderDomain } from './host-name';
import { ipRange, isInRange } from './ip-range';
import { mailbox } from './mailbox';
import type { Mailbox } from './mailbox';
import { uriHost } from './uri-host';

export type NameForm = GeneralName['kind'];

/** A name of a certificate, read for comparison with subtrees; `unreadable` when it is no proper name of its form. */
export type SubjectName =
  | { readonly form: 'directory'; readonly name: DistinguishedName }
  | { readonly form: 'dns' | 'uri'; readonly host: string }
  | { readonly form: 'email'; readonly mailbox: Mailbox }
  | { readonly form: 'ip'; readonly address: Uint8Array }
  | { readonly form: NameForm; readonly unreadable: true };

/** The names under one base of name constraints (RFC 5280 §4.2.1.10). */
export interface Subtree {
  readonly form: NameForm;
  /** The whole of what the name stands for lies inside: asked of permitted subtrees. */
  covers(name: SubjectName): boolean;
  /** Something that the name stands for may lie inside: asked of excluded subtrees. */
  touches(name: SubjectName): boolean;
}

/** Forms that RFC 5280 gives a meaning under constraints. */
export const constrainableForms: ReadonlySet<NameForm> = new Set(['directory', 'dns', 'email', 'uri', 'ip']);

/** The name, ready for comparison. A SmtpUTF8Mailbox is an e-mail address like any other (RFC 9598 §6). */
export function subjectName(name: GeneralName): SubjectName {
  switch (name.kind) {
    case 'directory':
      return { form: 'directory', name: name.name };
    case 'dns':
      return hostOr('dns', dnsName(name.text));
    case 'uri':
      return hostOr('uri', uriHost(name.text));
    case 'email':
      return emailName(name.text);
    case 'ip':
      return name.octets.length === 4 || name.octets.length === 16
        ? { form: 'ip', address: name.octets }
        : { form: 'ip', unreadable: true };
    case 'other': {
      const text = smtpUtf8Mailbox(name.der);
      return text === undefined ? { form: 'other', unreadable: true } : emailName(text);
    }
    case 'x400':
    case 'ediParty':
    case 'registeredId':
      return { form: name.kind, unreadable: true };
  }
}

export function emailName(text: string): SubjectName {
  const box = mailbox(text);
  return box ? { form: 'email', mailbox: box } : { form: 'email', unreadable: true };
}

function hostOr(form: 'dns' | 'uri', host: string | undefined): SubjectName {
  return host === undefined ? { form, unreadable: true } : { form, host };
}

/** Text of an otherName that is a SmtpUTF8Mailbox (RFC 9598 §3), '' when it is not well made. */
function smtpUtf8Mailbox(der: Uint8Array): string | undefined {
  try {
    const reader = new DerReader(readDer(der), contextTag(0));
    if (oidValue(reader.read(tags.oid)) !== oids.smtpUtf8Mailbox) return undefined;
    return textValue(onlyChild(reader.read(contextTag(0))));
  } catch (error) {
    if (error instanceof PkiError) return '';
    throw error;
  }
}

/** The subtree under a base; undefined when the base is not well made. Of other forms nothing is known to be inside. */
export function subtreeUnder(base: GeneralName): Subtree | undefined {
  switch (base.kind) {
    case 'directory':
      return exact('directory', (name) => 'name' in name && name.name.isWithin(base.name));
    case 'dns':
      return dnsSubtree(base.text);
    case 'uri':
      return uriSubtree(base.text);
    case 'email':
      return emailSubtree(base.text);
    case 'ip': {
      const range = ipRange(base.octets);
      return range && exact('ip', (name) => 'address' in name && isInRange(name.address, range));
    }
    case 'other':
    case 'x400':
    case 'ediParty':
    case 'registeredId':
      return exact(base.kind, () => false);
  }
}

function exact(form: NameForm, covers: (name: SubjectName) => boolean): Subtree {
  return { form, covers, touches: covers };
}

/**
 * Labels added to the left stay inside; no leading dot (RFC 5280 §4.2.1.10; x509-limbo and
 * Go refuse it as well). A wildcard touches every subtree below its parent (CVE-2025-61727).
 */
function dnsSubtree(text: string): Subtree | undefined {
  const base = text === '' ? '' : hostName(text);
  if (base === undefined) return undefined;
  const covers = (name: SubjectName): boolean => 'host' in name && isUnderDomain(name.host, base);
  return {
    form: 'dns',
    covers,
    touches: (name) =>
      covers(name) ||
      ('host' in name && name.host.startsWith('*.') && isUnderDomain(base, name.host.slice(2))),
  };
}

/** A host by itself, or, after a leading dot, every host below a domain but not its own name. */
function uriSubtree(text: string): Subtree | undefined {
  const holds = hostsUnder(text);
  return holds && exact('uri', (name) => 'host' in name && holds(name.host));
}

/** One mailbox, all on one host, or all on the hosts below a domain. */
function emailSubtree(text: string): Subtree | undefined {
  if (!text.includes('@')) {
    const holds = hostsUnder(text);
    return holds && exact('email', (name) => 'mailbox' in name && holds(name.mailbox.host));
  }
  const box = mailbox(text);
  if (!box) return undefined;
  const isBox = (name: SubjectName, part: 'local' | 'foldedLocal'): boolean =>
    'mailbox' in name && name.mailbox.host === box.host && name.mailbox[part] === box[part];
  return {
    form: 'email',
    covers: (name) => isBox(name, 'local'),
    // Most hosts deliver to the same box whatever the case: who is kept out of one is kept out of all.
    touches: (name) => isBox(name, 'foldedLocal'),
  };
}

function hostsUnder(text: string): ((host: string) => boolean) | undefined {
  if (text === '') return () => true;
  const isDomain = text.startsWith('.');
  const base = hostName(isDomain ? text.slice(1) : text);
  if (base === undefined) return undefined;
  return isDomain ? (host) => host !== base && isUnderDomain(host, base) : (host) => host === base;
}
