import { pathFailureMessages, unusedEvidenceMessages } from '#pki';
import { openApiDocument, ProblemRegistry } from '#platform';
import type { StateMachine } from '#workflow';
import {
  deliveryMachine,
  drawStateMachine,
  handlingMachine,
  incomingMachine,
  machineFaults,
  outgoingMachine,
  takeBackMachine,
  withdrawalMachine,
} from '#workflow';
import { expectGenerated } from '../support/generated-doc';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
}, 120_000);
afterAll(() => node.close());

describe('generated pages', () => {
  it('docs/openapi.json is the API of the running application', async () => {
    await expectGenerated('openapi.json', JSON.stringify(openApiDocument(node.app), null, 2));
  });

  it('is also what the application itself hands out', async () => {
    const reply = await node.anybody().call('GET', '//api/docs-json');
    expect(reply.body).toEqual(JSON.parse(JSON.stringify(openApiDocument(node.app))));
  });

  it('docs/errors.md explains every code that the application can answer with', async () => {
    await expectGenerated('errors.md', errorsPage());
  });

  it('docs/certificate-codes.md explains every code of a verdict on a certificate', async () => {
    await expectGenerated('certificate-codes.md', certificateCodesPage());
  });

  it('docs/state-machines.md draws the tables', async () => {
    await expectGenerated('state-machines.md', stateMachinesPage());
  });
});

describe('every code', () => {
  it('has a client or server status, Vietnamese with its marks, and English', () => {
    const faults = registry()
      .entries()
      .filter(
        ([code, { status, vi, en }]) =>
          !/^[A-Z][A-Z0-9_]+$/.test(code) ||
          status < 400 ||
          status > 599 ||
          !/[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i.test(vi) ||
          !/^[\x20-\x7e’“”–…]+$/.test(en) ||
          vi === en,
      );
    expect(faults).toEqual([]);
  });
});

function registry(): ProblemRegistry {
  return node.app.get(ProblemRegistry, { strict: false });
}

function errorsPage(): string {
  const sections = registry()
    .entries()
    .map(([code, { status, ...texts }]) => explained(code, texts, `HTTP ${status}`));
  return [
    '# Errors',
    'Made from the message catalogues of the libs; a test keeps it true. Every error of the API is ' +
      '`application/problem+json` (RFC 9457): `type` points to the section of its `code` here, `detail` holds the ' +
      'message in both languages, `errors` names the fields at fault, and `requestId` finds the request in the ' +
      'log and in the audit trail. Codes are stable; messages may be improved.',
    ...sections,
    '',
  ].join('\n\n');
}

function explained(code: string, { vi, en }: { vi: string; en: string }, ...more: readonly string[]): string {
  return [`## <a id="${code}"></a>${code}`, ...more, `- vi: ${vi}\n- en: ${en}`].join('\n\n');
}

function certificateCodesPage(): string {
  return [
    '# Codes of verdicts on certificates',
    'Made from the message catalogue of libs/pki; a test keeps it true. First what is wrong with a certificate or ' +
      'its path, then why a revocation list or an OCSP answer at hand was not used. Codes are stable; messages may be ' +
      'improved.',
    ...Object.entries({ ...pathFailureMessages, ...unusedEvidenceMessages }).map(([code, texts]) =>
      explained(code, texts),
    ),
    '',
  ].join('\n\n');
}

function stateMachinesPage(): string {
  return [
    '# State machines',
    'Drawn from the tables in the code; a test keeps them true. An arrow carries the event and who may cause it.',
    ...section('Outgoing document', outgoingMachine),
    ...section('Delivery to one recipient, at the sender', deliveryMachine),
    ...section('Incoming document, at the recipient', incomingMachine),
    ...section('Incoming document, inside the recipient agency', handlingMachine),
    ...section('Taking back, beside a delivery', takeBackMachine),
    ...section('Withdrawal, beside a delivery', withdrawalMachine),
    '',
  ].join('\n\n');
}

function section<State extends string, Event extends string, Subject>(
  title: string,
  machine: StateMachine<State, Event, Subject>,
): readonly string[] {
  expect(machineFaults(machine)).toEqual({ unreachable: [], stuck: [], notFinal: [], undeclared: [] });
  const rows = machine.transitions.map(
    ({ from, event, to, role, legalBasis, evidence }) =>
      `| ${from} | ${event} | ${to} | ${role.join(', ')} | ${legalBasis.source} (${legalBasis.certainty}) | ${evidence} |`,
  );
  return [
    `## ${title}`,
    `\`\`\`mermaid\n${drawStateMachine(machine)}\`\`\``,
    ['| From | Event | To | Who | Basis | Leaves |', '|---|---|---|---|---|---|', ...rows].join('\n'),
  ];
}
