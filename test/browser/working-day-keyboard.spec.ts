import { keyboard } from './day/keyboard';
import { walkTheDay } from './day/walk';

describe('a working day by keyboard alone', () => {
  walkTheDay(keyboard, [
    { screen: 'desk', theme: 'dark' },
    { screen: 'phone', theme: 'light' },
  ]);
});
