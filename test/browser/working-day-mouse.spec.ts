import { mouse } from './day/mouse';
import { walkTheDay } from './day/walk';

describe('a working day by mouse', () => {
  walkTheDay(mouse, [
    { screen: 'desk', theme: 'light' },
    { screen: 'phone', theme: 'dark' },
  ]);
});
