import { openPdf } from '#pdf';
import type { PdfView } from '#pdf';
import { hasPermissions } from '../signing/signature-dictionary';
import { SigningError } from '../signing-error';
import { formNodes, signedFields } from '../document/form-fields';
import { permissionsOf } from '../document/permissions';
import type { UploadInspection } from './official-types';
import { fieldNames } from './places';

const ownNames: readonly string[] = Object.values(fieldNames);

export function inspectUpload(upload: Uint8Array): UploadInspection {
  return inspectView(openPdf(upload).latest);
}

export function inspectView(view: PdfView): UploadInspection {
  const signed = signedFields(view);
  const permissions = permissionsOf(view, signed);
  const isClosed = permissions.docMdp !== undefined || hasPermissions(view);
  const isLocked =
    permissions.isLocked(fieldNames.personalSignature) || permissions.isLocked(fieldNames.agencySignature);
  if (isClosed || isLocked)
    throw new SigningError(
      'UPLOAD_CERTIFIED',
      isClosed ? 'the file is certified' : 'fields to come are locked',
    );
  const foreignSignatures = signed
    .map(({ node }) => node.name)
    .filter((fieldName) => !ownNames.includes(fieldName));
  return {
    pageCount: view.pageCount(),
    numberPlacement: foreignSignatures.length > 0 ? 'agency-signature' : 'text-fields',
    foreignSignatures,
  };
}

/** Names of our fields that the file has, signed or not. */
export function ownFields(view: PdfView): ReadonlySet<string> {
  return new Set(formNodes(view).flatMap((node) => (ownNames.includes(node.name) ? [node.name] : [])));
}
