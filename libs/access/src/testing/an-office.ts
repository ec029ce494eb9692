import { enterAgency, enterAppointment, enterBody, enterPerson, enterPost } from '#directory';
import type { Role, Tx } from '#platform';
import { newId } from '#platform';
import { putAccount } from '../login/accounts';
import { hashPassword } from '../secrets/password';

export const testPassword = 'Mật khẩu thử 2026';

/** Made once: Argon2id is slow on purpose. */
const passwordHash = hashPassword(testPassword);

export interface TestOffice {
  readonly personId: string;
  readonly loginName: string;
  readonly agencyId: string;
  readonly bodyId: string;
  readonly appointmentId: string;
}

/** A person with a login, appointed in an agency (a new one unless told). */
export async function anOffice(
  tx: Tx,
  roles: readonly Role[],
  given: { readonly agencyId?: string; readonly validTo?: string; readonly personId?: string } = {},
): Promise<TestOffice> {
  const [bodyId, postId, appointmentId] = [newId(), newId(), newId()];
  const agencyId = given.agencyId ?? (await newAgency(tx));
  const personId = given.personId ?? newId();
  const validity = { validFrom: '2021-01-01', validTo: null };
  const loginName = `nguoi.${personId.slice(0, 8)}`;
  await enterBody(tx, {
    ...{
      id: bodyId,
      agencyId,
      name: 'Văn phòng',
      symbol: 'VP',
      leadership: 'headed',
      hasSeal: true,
      mayIssue: [],
    },
    ...validity,
  });
  await enterPost(tx, {
    ...{ id: postId, agencyId, title: 'CHUYÊN VIÊN', rank: 'staff', bodyIds: [bodyId], byOrderOfBodyIds: [] },
    ...validity,
  });
  await enterPerson(tx, { id: personId, fullName: 'Người Thử Nghiệm' });
  await enterAppointment(tx, {
    ...{ id: appointmentId, personId, postId, agencyId, roles, acting: false },
    ...validity,
    validTo: given.validTo ?? null,
  });
  await putAccount(tx, { personId, loginName, passwordHash: await passwordHash }, new Date());
  return { personId, loginName, agencyId, bodyId, appointmentId };
}

async function newAgency(tx: Tx): Promise<string> {
  const id = newId();
  await enterAgency(tx, {
    id,
    code: id.slice(0, 13),
    name: 'Cơ quan thử nghiệm',
    shortName: 'CQTN',
    symbol: 'CQTN',
    bloc: 'state',
    level: 'province',
    parentId: null,
    nodeId: 'node-1',
    place: 'Hà Nội',
    contact080: null,
    successorId: null,
    validFrom: '2021-01-01',
    validTo: null,
  });
  return id;
}
