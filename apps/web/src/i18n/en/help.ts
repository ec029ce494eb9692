import type { Texts } from '..';

export const help: Texts['help'] = {
  label: 'Help',
  hints: 'Show hints below fields',
  views: {
    label: 'Saved views',
    save: 'Save this view',
    remove: 'Remove this view',
    name: 'Name in the menu',
    nameHint: 'What you filtered is kept, not what was found. For you alone.',
  },
  keys: {
    title: 'Keyboard shortcuts',
    on: 'Use keys of one character',
    onHint: 'Turn them off if you work by voice or often touch a key by mistake.',
    help: 'This list of shortcuts',
    search: 'To the search field',
    next: 'Next line of the list',
    previous: 'Line before in the list',
    close: 'Close a dialog or a menu',
    escape: 'Esc',
    goTo: 'To the page {{page}}',
  },
  tour: {
    label: 'Introduction to Sealpost',
    at: '({{step}}/{{steps}})',
    open: 'Open the page',
    on: 'Next part',
    back: 'Part before',
    end: 'End the introduction',
    step: {
      screen: {
        title: 'Your screen',
        text: 'The band at the top names the highest secrecy on the screen. The bell tells what has just come; your name on the right opens language, theme and help.',
      },
      work: {
        title: 'My work',
        text: 'Every document that waits for you, by what is to be done. Choose a line to see the paper beside the decision.',
      },
      draft: {
        title: 'Write a document',
        text: 'Drop files anywhere on the page; subject, type and signer are read out of the PDF for you to check.',
      },
      incoming: {
        title: 'Incoming documents',
        text: 'Each incoming document has a verdict on its signatures in words. Read each line before you accept or refuse.',
      },
      registers: {
        title: 'Registers',
        text: 'Outgoing, incoming and handling, year by year, to be printed and handed over.',
      },
      keys: {
        title: 'Quick by keyboard',
        text: 'Press ? for the shortcuts. This introduction, the shortcuts and the hints are in the menu under your name.',
      },
    },
  },
};
