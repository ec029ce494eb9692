/** Lists of columns that come out as the interfaces of model.ts, dates as `YYYY-MM-DD`; `t` names the table. */
type Columns = (t: string) => string;

const validity: Columns = (t) =>
  `to_char(${t}.valid_from, 'YYYY-MM-DD') AS "validFrom", to_char(${t}.valid_to, 'YYYY-MM-DD') AS "validTo"`;

export const agencyColumns: Columns = (t) => `
  ${t}.id, ${t}.code, ${t}.name, ${t}.short_name AS "shortName", ${t}.symbol, ${t}.bloc, ${t}.level,
  ${t}.parent_id AS "parentId", ${t}.node_id AS "nodeId", ${t}.place, ${t}.contact080,
  ${t}.successor_id AS "successorId", ${validity(t)}`;

export const bodyColumns: Columns = (t) => `
  ${t}.id, ${t}.agency_id AS "agencyId", ${t}.name, ${t}.symbol, ${t}.leadership, ${t}.has_seal AS "hasSeal",
  ${t}.may_issue AS "mayIssue", ${validity(t)}`;

export const postColumns: Columns = (t) => `
  ${t}.id, ${t}.agency_id AS "agencyId", ${t}.title, ${t}.rank, ${t}.body_ids AS "bodyIds",
  ${t}.by_order_of_body_ids AS "byOrderOfBodyIds", ${validity(t)}`;

export const termColumns: Columns = (t) => `${t}.id, ${t}.agency_id AS "agencyId", ${t}.name, ${validity(t)}`;

export const appointmentColumns: Columns = (t) => `
  ${t}.id, ${t}.person_id AS "personId", ${t}.post_id AS "postId", ${t}.agency_id AS "agencyId", ${t}.roles,
  ${t}.acting, ${validity(t)}`;

/** Whether a row is valid on a day, given as the place of a parameter. */
export function validOn(t: string, day: string): string {
  return `${t}.valid_from <= ${day}::date AND (${t}.valid_to IS NULL OR ${day}::date < ${t}.valid_to)`;
}
