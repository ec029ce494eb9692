import { demoBody, demoDirectory, demoPerson } from '#directory';
import type { Role } from '#platform';
import type { OfficeClient, TestOffice } from '../../libs/workflow/src/testing';
import { postOf } from '../../libs/workflow/src/testing';

interface Signer {
  readonly post: string;
  readonly capacity: string;
}

/** A body that issues, and who may sign for it. */
export interface House {
  readonly agency: string;
  readonly bodyId: string;
  readonly typeCodes: readonly string[];
  readonly signers: readonly Signer[];
}

function house(
  body: string,
  typeCodes: readonly string[],
  signers: readonly (readonly [string, string])[],
): House {
  const agency = body.split('/')[0] ?? body;
  return {
    agency,
    bodyId: demoBody(body).id,
    typeCodes,
    signers: signers.map(([post, capacity]) => ({ post: `${post}.${agency}`, capacity })),
  };
}

/** Both blocs, collective and headed bodies, one without a seal of its own. */
export const houses: readonly House[] = [
  house(
    'tinhuy/btv',
    ['NQ', 'CV'],
    [
      ['lanhdao', 'TM'],
      ['pho', 'TM'],
    ],
  ),
  house(
    'vptu/vp',
    ['TB', 'CV'],
    [
      ['lanhdao', 'DIRECT'],
      ['pho', 'KT'],
    ],
  ),
  house('vptu/chibo', ['NQ', 'CV'], [['bithuchibo', 'TM']]),
  house(
    'sonoivu/so',
    ['QD', 'CV'],
    [
      ['lanhdao', 'DIRECT'],
      ['pho', 'KT'],
    ],
  ),
  house(
    'bkhcn/bo',
    ['QD', 'CV'],
    [
      ['lanhdao', 'DIRECT'],
      ['pho', 'KT'],
    ],
  ),
];

export const agencies = [...new Set(houses.map(({ agency }) => agency))];

export interface Person {
  readonly key: string;
  readonly agency: string;
  readonly agencyId: string;
  readonly personId: string;
  readonly postId: string;
  readonly roles: readonly Role[];
  readonly client: OfficeClient;
}

const posts = ['chuyenvien', 'lanhdao', 'pho', 'vanthu'];

/** Who walks: drafter, two leaders and clerk of each agency, and the secretary of the cell. */
export const cast: readonly string[] = [
  ...agencies.flatMap((agency) => posts.map((post) => `${post}.${agency}`)),
  'bithuchibo.vptu',
];

export const signers: readonly string[] = [
  ...new Set(houses.flatMap((each) => each.signers.map(({ post }) => post))),
];

export function personOf(office: TestOffice, key: string): Person {
  const { id, agencyId, agencyKey } = demoPerson(key);
  const roles = demoDirectory.appointments.find(({ personId }) => personId === id)?.roles ?? [];
  return {
    key,
    agency: agencyKey,
    agencyId,
    personId: id,
    postId: postOf(key),
    roles,
    client: office.as(key),
  };
}
