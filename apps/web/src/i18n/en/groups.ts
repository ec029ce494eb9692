import type { Texts } from '..';

export const groups: Texts['groups'] = {
  title: 'Groups of recipients',
  lead: 'Recipients that are often named together, shared within the agency. Documents keep theirs when a group changes.',
  create: 'Open a group',
  empty: 'No group yet. Open one to add many recipients at once to a document.',
  name: 'Name of the group',
  members: 'Recipients of the group',
  changeOf: 'Change the group {{name}}',
  remove: 'Delete',
  removeOf: 'Delete the group {{name}}',
  removeText: 'It can no longer be chosen while writing. Documents that exist keep their recipients.',
  saved: 'The group is saved.',
  removed: 'The group is deleted.',
  overtaken: 'Somebody else has just changed the group',
  overtakenText:
    'Nothing of yours was saved. Take what there is now and go on; what you changed here is lost.',
  takeOver: 'Take what there is now',
};
