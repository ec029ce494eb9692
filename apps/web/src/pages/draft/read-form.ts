import { upload } from '../../api/client';
import type { BodyChoices, FormReading } from '../../api/types';
import { noSigner } from '../../parts/signer-fields';
import type { DraftFields } from './draft-fields';

/**
 * Asks the server what a PDF says of itself; nothing is stored. Answers only what stands nowhere in the form yet and
 * can be chosen there.
 */
export async function readForm(
  file: File,
  fields: DraftFields,
  bodies: readonly BodyChoices[],
): Promise<Partial<DraftFields>> {
  const form = new FormData();
  form.append('file', file, file.name.normalize('NFC'));
  const found = await upload<FormReading>('/documents/read-form', form);
  const bodyId = fields.bodyId === '' ? found.bodyId : fields.bodyId;
  const body = bodies.find(({ id }) => id === bodyId);
  const type = body?.types.find(({ code }) => code === found.typeCode);
  const signer = body?.signers.find(({ postId }) => postId === found.signer.postId);
  return {
    ...(fields.bodyId === '' && body && { bodyId: body.id }),
    ...(fields.typeCode === '' && type && { typeCode: type.code }),
    ...(fields.abstract === '' &&
      fields.secrecy !== 'TUYET_MAT' &&
      found.abstract !== undefined && { abstract: found.abstract.slice(0, 500) }),
    ...(fields.signer.postId === '' &&
      signer && { signer: { ...noSigner, postId: signer.postId, code: signer.capacities[0]?.code ?? '' } }),
  };
}
