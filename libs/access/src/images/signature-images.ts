import type { Actor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';
import { Injectable } from '@nestjs/common';
import { AccessError } from '../errors';
import type { KeyOwner } from '../keys/stored-key';

const maxBytes = 1024 * 1024;
const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * What a signature looks like on the page: the handwriting of a person, the red seal of an agency (Decree
 * 30/2020, annex I). An image proves nothing by itself, so it lies outside the key vault.
 */
@Injectable()
export class SignatureImages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The enrolled PNG; undefined when there is none. Pass the open transaction, if there is one. */
  async of(by: Actor | Tx, owner: KeyOwner): Promise<Uint8Array | undefined> {
    const read = (tx: Tx): Promise<Uint8Array | undefined> => findImage(tx, owner);
    return 'manager' in by ? read(by) : this.unitOfWork.run(by, read);
  }

  /**
   * Keeps the image, in place of an earlier one.
   *
   * @throws AccessError `IMAGE_REFUSED` for anything but a PNG of at most 1 MB
   */
  async enrol(tx: Tx, owner: KeyOwner, png: Uint8Array): Promise<void> {
    if (png.length > maxBytes || !pngSignature.equals(png.subarray(0, pngSignature.length))) {
      throw new AccessError('IMAGE_REFUSED', 'the image is not a PNG of at most 1 MB');
    }
    await tx.execute(
      `INSERT INTO access.signature_image (owner_kind, owner_id, png, enrolled_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (owner_kind, owner_id) DO UPDATE SET png = excluded.png, enrolled_at = excluded.enrolled_at`,
      [owner.kind, owner.id, Buffer.from(png), this.clock.now()],
    );
  }
}

async function findImage(tx: Tx, owner: KeyOwner): Promise<Uint8Array | undefined> {
  const [row] = await tx.query<{ png: Buffer }>(
    'SELECT png FROM access.signature_image WHERE owner_kind = $1 AND owner_id = $2',
    [owner.kind, owner.id],
  );
  return row?.png;
}
