import { buffer } from 'node:stream/consumers';

import type { TestAuthority } from '../testing/test-authority';
import { testAuthority } from '../testing/test-authority';
import type { TestNode } from '../testing/test-node';
import { testAgency } from '../testing/test-agencies';
import { testNode } from '../testing/test-node';
import { testPdf } from '../testing/test-pdf';

const nodeId = 'node-1';
const script = testPdf(2, '', '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>');
const behind = Buffer.concat([testPdf(2), Buffer.from('PK\x03\x04 something behind')]);

describe('a file of another node that would be refused as an upload', () => {
  const sender = testAgency('000.00.00.A01', nodeId);
  const recipient = testAgency('000.00.00.B02', nodeId);
  let authority: TestAuthority;
  let node: TestNode;

  beforeAll(async () => {
    authority = await testAuthority();
    node = await testNode({ nodeId, authority, agencies: [sender, recipient] });
  });
  afterAll(async () => {
    await node.close();
  });

  /** One document whose annex is as given; answers its id at the recipient. */
  async function arrived(annex: Uint8Array): Promise<string> {
    const documentId = await node.issue(
      sender,
      [recipient],
      [
        { bytes: testPdf(1), pages: 1 },
        { bytes: annex, pages: 2 },
      ],
    );
    await node.carry();
    const { items } = await node.findIncoming.run(node.clerkOf(recipient), { state: '01' });
    return items.find((item) => item.documentId === documentId)!.id;
  }

  it.each([
    ['acts by itself', script, 'FILE_ACTIVE_CONTENT'],
    ['has something behind its end', behind, 'FILE_TRAILING_DATA'],
  ])('because it %s is consigned, judged, and refused by a person', async (_, annex, fault) => {
    const clerk = node.clerkOf(recipient);
    const id = await arrived(annex);
    const document = await node.readIncoming.run(clerk, id);
    expect(document.files.map((file) => file.fault)).toEqual([null, fault]);
    const verified = await node.verifyIncoming.run(clerk, id);
    expect(verified).toMatchObject({ verdict: 'TOTAL-FAILED', files: [{ fault: null }, { fault }] });
    await expect(node.acceptIncoming.run(clerk, id)).rejects.toMatchObject({
      code: 'INCOMING_CONTENT_REFUSED',
    });
    await node.refuseIncoming.run(clerk, id, 'Tệp phụ lục không an toàn, đề nghị gửi lại');
    await node.carry();
    expect((await node.readIncoming.run(clerk, id)).state).toBe('02');
  });

  it('is not accepted on a verdict that says otherwise', async () => {
    const id = await arrived(script);
    await node.keepVerdict(id, 'TOTAL-PASSED');
    await expect(node.acceptIncoming.run(node.clerkOf(recipient), id)).rejects.toMatchObject({
      code: 'INCOMING_CONTENT_REFUSED',
    });
  });

  it('is shown nowhere, and downloaded only by who asks for it so, which stands in the trail', async () => {
    const clerk = node.clerkOf(recipient);
    const { id, files } = await node.readIncoming.run(clerk, await arrived(script));
    const [main, annex] = files;
    const fileId = annex!.id;
    await expect(node.readIncomingFile.run(clerk, { id, fileId })).rejects.toMatchObject({
      code: 'INCOMING_FILE_NOT_SHOWN',
    });
    const content = await node.readIncomingFile.run(clerk, { id, fileId, as: 'download' });
    expect(content.mediaType).toBe('application/octet-stream');
    expect(Buffer.compare(await buffer(content.stream), script)).toBe(0);
    expect((await node.trail()).at(-1)).toMatchObject({
      action: 'document.file_read',
      details: { fault: 'FILE_ACTIVE_CONTENT' },
    });
    const sound = await node.readIncomingFile.run(clerk, { id, fileId: main!.id });
    expect(sound.mediaType).toBe('application/pdf');
  });
});
