export const password = {
  title: 'Set your own password',
  why: 'The present password was given by the administrator and serves once. Set your own to begin.',
  current: 'Password you were given',
  currentHint: 'The one you have just logged in with.',
  fresh: 'New password',
  freshHint: 'At least 12 characters; a long sentence that you remember is best. Without your login name.',
  again: 'New password once more',
  differs: 'The two are not the same yet.',
  action: 'Set password',
};
