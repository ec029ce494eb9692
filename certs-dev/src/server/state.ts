import type { PkiAuthorityId, PkiIndex, PkiRevocation } from '#directory';
import { readIndex } from '../pki/index-file';
import { loadAuthority } from '../pki/load';
import type { LoadedAuthority } from '../pki/load';

/** What the development server answers from. */
export interface ServerState {
  readonly pkiDir: string;
  readonly index: PkiIndex;
  readonly authorities: ReadonlyMap<PkiAuthorityId, LoadedAuthority>;
  /** Serial numbers that each authority has issued. */
  readonly issued: ReadonlyMap<PkiAuthorityId, ReadonlySet<string>>;
  /** By `issuer serialNumber`. */
  readonly revocations: ReadonlyMap<string, PkiRevocation>;
}

export async function loadState(pkiDir: string): Promise<ServerState> {
  const index = await readIndex(pkiDir);
  if (index === undefined) throw new Error(`no development PKI in ${pkiDir}: make one with certs-dev`);
  const authorities = await Promise.all(
    index.authorities.map((authority) => loadAuthority(pkiDir, authority)),
  );
  return {
    pkiDir,
    index,
    authorities: new Map(authorities.map((authority) => [authority.id, authority])),
    issued: issuedBy(index),
    revocations: new Map(index.revocations.map((entry) => [`${entry.issuer} ${entry.serialNumber}`, entry])),
  };
}

export function authorityOf(state: ServerState, id: PkiAuthorityId): LoadedAuthority {
  const authority = state.authorities.get(id);
  if (authority === undefined) throw new Error(`the development PKI has no authority ${id}`);
  return authority;
}

/** An impostor's certificates were issued by none of ours. */
function issuedBy(index: PkiIndex): Map<PkiAuthorityId, Set<string>> {
  const issued = new Map<PkiAuthorityId, Set<string>>(index.authorities.map(({ id }) => [id, new Set()]));
  for (const { issuer, serialNumber } of index.authorities) issued.get(issuer)?.add(serialNumber);
  const genuine = index.cases.filter((holder) => holder.case !== 'untrusted');
  for (const { chain, serialNumber } of [...index.holders, ...genuine]) {
    const issuer = index.authorities.find((authority) => authority.certificate === chain[0]);
    if (issuer) issued.get(issuer.id)?.add(serialNumber);
  }
  return issued;
}
