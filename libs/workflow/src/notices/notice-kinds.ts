/**
 * What a person is told about. The part before the point says what the notice leads to: a document of the own agency,
 * one that arrived, or a delivery of an issued one.
 */
export type NoticeKind =
  /** A draft waits for your initial or your approval. */
  | 'document.submitted'
  /** Your draft came back with a reason. */
  | 'document.returned'
  /** Your draft was approved; or, to its signer: it waits for your signature. */
  | 'document.approved'
  /** Signed by the competent person; or, to the clerk: it waits for its number. */
  | 'document.signed'
  | 'document.numbered'
  | 'document.issued'
  | 'document.cancelled'
  | 'document.recalled'
  | 'document.replaced'
  | 'document.corrected'
  | 'delivery.accepted'
  | 'delivery.refused'
  /** Could not be delivered: see the dead letters. */
  | 'delivery.failed'
  /** `facts.percent` of the time to acknowledge has passed at the recipients in `facts.recipients`. */
  | 'delivery.late'
  | 'delivery.take_back_agreed'
  | 'delivery.take_back_refused'
  /** A document arrived that does not wait: official telegram or express. */
  | 'incoming.arrived'
  /** `facts.percent` of the time to acknowledge has passed here. */
  | 'incoming.late'
  /** Submitted to you for an instruction. */
  | 'incoming.submitted'
  /** Assigned to you; `facts.part` says as what. */
  | 'incoming.assigned'
  | 'incoming.instructed'
  /** Its due date comes near or has passed. */
  | 'incoming.due'
  | 'incoming.done'
  /** The sender asks to take it back; you agree or refuse. */
  | 'incoming.take_back_asked'
  /** The sender took it back before it was accepted. */
  | 'incoming.taken_back'
  | 'incoming.recalled'
  | 'incoming.replaced'
  | 'incoming.corrected';
