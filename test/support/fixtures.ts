import { demoAgency, demoPerson } from '#directory';
import { newId, vietnamDate } from '#platform';
import { arrivalOf, until } from '../../apps/launcher/src/job/receive';
import { Desk, ok, staffs } from './desk';
import { anInstruction, aPaper } from './papers';
import type { TestNode } from './test-node';

/** Things of Tỉnh ủy Lam Giang, each in the state in which a route can be asked of it. */
export interface Fixture {
  readonly id: string;
  readonly fileId?: string;
}

export type FixtureName =
  | 'draft'
  | 'in review'
  | 'to approve'
  | 'approved'
  | 'person signed'
  | 'numbered'
  | 'agency signed'
  | 'issued'
  | 'letter'
  | 'on paper'
  | 'handed over'
  | 'recalled on paper'
  | 'recipient group'
  | 'arrived'
  | 'verified'
  | 'asked back'
  | 'paper'
  | 'submitted'
  | 'assigned'
  | 'started'
  | 'dead letter'
  | 'open volume'
  | 'closed volume'
  | 'personal operation'
  | 'agency operation'
  | 'locked key'
  | 'agency below'
  | 'body'
  | 'post'
  | 'person'
  | 'appointment'
  | 'person with a login'
  | 'person locked out'
  | 'delegation'
  | 'mandate'
  | 'certificate';

const owner = 'tinhuy';
/** An agency on a node that nobody has configured. */
const unreachable = 'mttq';

let made = 0;

/** `days` from today, as the calendar of Việt Nam has it. */
export function today(days = 0): string {
  return vietnamDate(new Date(Date.now() + days * 86_400_000));
}

/** A day as people type it on the page. */
export function asTyped(day: string): string {
  return day.split('-').toReversed().join('/');
}

export function newAgency(given: object = {}): object {
  made += 1;
  return {
    parentId: demoAgency(owner).id,
    code: `000.${String(900 + made)}.00.A92`,
    name: `Ban Quản lý khu thử nghiệm ${made}`,
    shortName: `BQL ${made}`,
    symbol: 'BQL',
    level: 'province',
    place: 'Lam Giang',
    validFrom: today(),
    ...given,
  };
}

export function newBody(given: object = {}): object {
  const agencyId = demoAgency(owner).id;
  const rest = { symbol: 'BCĐ', leadership: 'collective', hasSeal: false, mayIssue: ['TB'] };
  return { agencyId, name: 'Ban Chỉ đạo thử nghiệm', ...rest, validFrom: today(), ...given };
}

export function newPost(given: object = {}): object {
  const bodies = { bodyIds: [], byOrderOfBodyIds: [] };
  const agencyId = demoAgency(owner).id;
  return { agencyId, title: 'CHUYÊN VIÊN THỬ', rank: 'staff', ...bodies, validFrom: today(), ...given };
}

export function newPerson(postId: string, given: object = {}): object {
  const appointment = { postId, roles: ['drafter'], acting: false, validFrom: today(), ...given };
  return { fullName: 'Lưu Thị Thử Việc', appointment };
}

export function newMandate(): object {
  return {
    decision: '45-QĐ/TU',
    subject: 'Kiểm tra việc gửi, nhận văn bản',
    agencyIds: [demoAgency('dangsonthuy').id],
    periodFrom: today(-30),
    periodTo: today(),
    team: [demoPerson(`kiemtra.${owner}`).id],
    opensOn: today(),
    expiresOn: today(30),
  };
}

export function newDelegation(): object {
  const toPersonId = demoPerson(`pho.${owner}`).id;
  return { toPersonId, from: today(), to: today(10), ceiling: 'THUONG', reason: 'Giấy ủy quyền số 5' };
}

/** Makes fixtures by the API alone, but for what only an administrator of the directory could do. */
export class Fixtures {
  private readonly shared = new Map<FixtureName, Promise<Fixture>>();
  private readonly desk: Desk;

  constructor(private readonly node: TestNode) {
    this.desk = new Desk(node, staffs.provinceBoard);
  }

  /** One for all who will not get to change it. */
  common(name: FixtureName): Promise<Fixture> {
    const known = this.shared.get(name) ?? this.fresh(name);
    this.shared.set(name, known);
    return known;
  }

  fresh(name: FixtureName): Promise<Fixture> {
    return this.makers[name]();
  }

  private readonly makers: Readonly<Record<FixtureName, () => Promise<Fixture>>> = {
    draft: async () => this.withFile(await this.desk.draft()),
    'in review': async () => {
      const reviewers = [{ name: 'Thể thức', personId: demoPerson(`vanthu.${owner}`).id }];
      return { id: await this.desk.inReview({ reviewers }) };
    },
    'to approve': async () => ({ id: await this.desk.inReview() }),
    approved: async () => ({ id: await this.desk.approved() }),
    'person signed': async () => ({ id: await this.desk.personSigned() }),
    numbered: async () => ({ id: await this.desk.numbered() }),
    'agency signed': async () => ({ id: await this.desk.agencySigned() }),
    issued: async () => this.withFile(await this.desk.issued()),
    'on paper': () => this.onPaper(),
    'handed over': async () => {
      const fixture = await this.onPaper();
      const at = new Date().toISOString();
      await ok(200, (await this.desk.clerk).post(`/documents/${fixture.id}/dispatches/1/handed`, { at }));
      return fixture;
    },
    'recalled on paper': async () => {
      const fixture = await this.makers['handed over']();
      await ok(
        200,
        (await this.desk.clerk).post(`/documents/${fixture.id}/recall`, { reason: 'Sai nội dung' }),
      );
      return fixture;
    },
    'recipient group': async () => {
      const group = { name: `Nhóm ${newId()}`, recipients: [], paperRecipients: [] };
      return ok<Fixture>(201, (await this.desk.drafter).post('/recipient-groups', group));
    },
    letter: async () => ({ id: await this.desk.issued({ typeCode: 'CV' }) }),
    arrived: () => this.arrived(),
    'asked back': () => this.askedBack(),
    verified: async () => {
      const fixture = await this.arrived();
      await ok(200, (await this.desk.clerk).post(`/incoming/${fixture.id}/verify`));
      return fixture;
    },
    paper: async () => ({ id: await this.paper() }),
    submitted: async () => ({ id: await this.submitted() }),
    assigned: async () => ({ id: await this.assigned() }),
    started: async () => {
      const id = await this.assigned();
      await ok(200, (await this.desk.drafter).post(`/incoming/${id}/start`));
      return { id };
    },
    'dead letter': () => this.deadLetter(),
    'open volume': () => this.openVolume(),
    'closed volume': async () => {
      const volume = await this.openVolume();
      await ok(200, (await this.desk.clerk).post(`/registers/volumes/${volume.id}/close`));
      return volume;
    },
    'personal operation': async () => ({
      id: await this.desk.prepare('personal', [await this.desk.approved()]),
    }),
    'agency operation': async () => ({ id: await this.desk.prepare('agency', [await this.desk.numbered()]) }),
    'locked key': async () => {
      const [key] = await this.node
        .query<{ id: string }>('UPDATE access.stored_key SET attempts = 5 WHERE owner_id = $1 RETURNING id', [
          demoPerson(`pho.${owner}`).id,
        ])
        .then((answer) => (Array.isArray(answer[0]) ? (answer[0] as { id: string }[]) : answer));
      if (!key) throw new Error('there is no key to lock');
      return { id: key.id };
    },
    'agency below': async () => ({ id: await this.entered('/admin/agencies', newAgency()) }),
    body: async () => ({ id: await this.entered('/admin/bodies', newBody()) }),
    post: async () => ({ id: await this.entered('/admin/posts', newPost()) }),
    person: async () => ({ id: (await this.person()).id }),
    'person with a login': () => this.withLogin(),
    'person locked out': async () => {
      const fixture = await this.withLogin();
      const reason = { reason: 'Nghỉ dài ngày' };
      await ok(204, (await this.administrator).post(`/admin/people/${fixture.id}/account/lock`, reason));
      return fixture;
    },
    // Encryption is not yet used by anything: to withdraw these disturbs nobody.
    certificate: async () => {
      const [row] = await this.node.query<{ id: string }>(
        `SELECT id FROM directory.certificate
         WHERE use = 'encryption' AND status = 'active' AND agency_id = ANY($1) LIMIT 1`,
        [['tinhuy', 'vptu', 'ubkttu', 'dangsonthuy', 'dangdongkinh'].map((key) => demoAgency(key).id)],
      );
      if (!row) throw new Error('there is no certificate to withdraw');
      return row;
    },
    mandate: async () => {
      const leader = await this.node.as(`lanhdao.${owner}`);
      return { id: (await ok<{ id: string }>(201, leader.post('/mandates', newMandate()))).id };
    },
    delegation: async () => {
      const leader = await this.node.as(`lanhdao.${owner}`);
      return { id: (await ok<{ id: string }>(201, leader.post('/delegations', newDelegation()))).id };
    },
    appointment: async () => ({ id: (await this.person()).appointments[0]?.id ?? '' }),
  };

  /** What the administrator of the agency enters; answers its id. */
  private async entered(path: string, body: object): Promise<string> {
    return (await ok<{ id: string }>(201, (await this.administrator).post(path, body))).id;
  }

  private get administrator(): ReturnType<TestNode['as']> {
    return this.node.as(`quantri.${owner}`);
  }

  private async withLogin(): Promise<Fixture> {
    const { id } = await this.person();
    const loginName = `nguoi.${id.slice(0, 8)}`;
    await ok(201, (await this.administrator).post(`/admin/people/${id}/account`, { loginName }));
    return { id };
  }

  private async person(): Promise<{ readonly id: string; readonly appointments: readonly { id: string }[] }> {
    const postId = await this.entered('/admin/posts', newPost());
    return ok(201, (await this.administrator).post('/admin/people', newPerson(postId)));
  }

  private async withFile(id: string): Promise<Fixture> {
    const document = ok<{ files: { id: string }[] }>(200, (await this.desk.clerk).get(`/documents/${id}`));
    const [file] = (await document).files;
    return { id, fileId: file?.id ?? '' };
  }

  private async onPaper(): Promise<Fixture> {
    const id = await this.desk.issued({
      recipients: [{ agencyId: demoAgency('dangsonthuy').id, channel: 'kt1' }],
      paperReason: 'Thử gửi bản giấy',
    });
    return { id };
  }

  /** Of a series that nothing else here numbers in, its one document cancelled. */
  private async openVolume(): Promise<Fixture> {
    const id = await this.desk.numbered({ typeCode: 'TB' });
    await ok(200, (await this.desk.clerk).post(`/documents/${id}/cancel`, { reason: 'Sai thể thức' }));
    const [volume] = await this.node.query<Fixture>(
      `SELECT v.id FROM workflow.register_volume v JOIN workflow.document d USING (series_id)
       WHERE d.id = $1 AND v.closed_at IS NULL`,
      [id],
    );
    if (!volume) throw new Error('no volume is open');
    return volume;
  }

  private async arrived(): Promise<Fixture> {
    const sender = new Desk(this.node, staffs.department);
    const documentId = await sender.issued({ recipients: [{ agencyId: demoAgency(owner).id }] });
    const clerk = await this.node.client(`vanthu.${owner}`);
    const { id } = await arrivalOf(clerk, documentId);
    const { files } = await clerk.get<{ files: { id: string }[] }>(`/incoming/${id}`);
    return { id, fileId: files[0]?.id ?? '' };
  }

  /** Accepted here, then asked back by its sender. */
  private async askedBack(): Promise<Fixture> {
    const { id } = await this.arrived();
    const clerk = await this.desk.clerk;
    await ok(200, clerk.post(`/incoming/${id}/verify`));
    await ok(200, clerk.post(`/incoming/${id}/accept`));
    const { documentId } = await ok<{ documentId: string }>(200, clerk.get(`/incoming/${id}`));
    const ask = { recipientId: demoAgency(owner).id, reason: 'Gửi nhầm nơi nhận' };
    await ok(
      200,
      (await new Desk(this.node, staffs.department).clerk).post(`/documents/${documentId}/take-back`, ask),
    );
    return until('a document asked back', 30, async () => {
      const [row] = await this.node.query<Fixture>(
        "SELECT id FROM workflow.incoming WHERE id = $1 AND take_back = '13'",
        [id],
      );
      return row;
    });
  }

  private async paper(): Promise<string> {
    const clerk = await this.desk.clerk;
    return (await ok<Fixture>(201, clerk.post('/incoming/paper', aPaper()))).id;
  }

  private async submitted(): Promise<string> {
    const id = await this.paper();
    const body = { leaderPersonId: demoPerson(`lanhdao.${owner}`).id };
    await ok(200, (await this.desk.clerk).post(`/incoming/${id}/submit`, body));
    return id;
  }

  private async assigned(): Promise<string> {
    const id = await this.submitted();
    await ok(200, (await this.desk.leader).post(`/incoming/${id}/instruct`, anInstruction()));
    return id;
  }

  private async deadLetter(): Promise<Fixture> {
    const { id: recipient } = demoAgency(unreachable);
    const documentId = await this.desk.agencySigned({ recipients: [{ agencyId: recipient }] });
    // The agency moves to a node that this one does not know after its document was written.
    const moveTo = (nodeId: string): Promise<unknown> =>
      this.node.database.ownerDataSource.query('UPDATE directory.agency SET node_id = $2 WHERE id = $1', [
        recipient,
        nodeId,
      ]);
    const [home] = await this.node.query<{ node_id: string }>(
      'SELECT node_id FROM directory.agency WHERE id = $1',
      [recipient],
    );
    await moveTo('node-9');
    await ok(200, (await this.desk.clerk).post(`/documents/${documentId}/issue`));
    if (home) await moveTo(home.node_id);
    return until('a dead letter', 30, async () => {
      const [letter] = await this.node.query<Fixture>(
        'SELECT id FROM workflow.dead_letter WHERE document_id = $1 AND resolved_at IS NULL',
        [documentId],
      );
      return letter;
    });
  }
}
