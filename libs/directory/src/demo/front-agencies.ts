import type { AgencyDescription } from './describe';
import { staff } from './describe';
import { mayIssue } from './may-issue';

/** The Fatherland Front and a socio-political organisation: recipients in the demo. */
export const frontAgencies: readonly AgencyDescription[] = [
  {
    key: 'mttq',
    code: '000.00.00.M90',
    name: 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lam Giang',
    shortName: 'UB MTTQ tỉnh Lam Giang',
    symbol: 'MTTQ',
    bloc: 'front',
    level: 'province',
    place: 'Lam Giang',
    contact080: '080.92200',
    validFrom: '2025-07-01',
    bodies: [
      {
        key: 'btt',
        name: 'Ban Thường trực',
        symbol: 'MTTQ-BTT',
        leadership: 'collective',
        mayIssue: mayIssue.front,
      },
    ],
    posts: [staff('vanthu', 'VĂN THƯ', 'Âu Thị Thêu', 'clerk')],
  },
  {
    key: 'mttqsonthuy',
    code: '000.11.00.M90',
    name: 'Ủy ban Mặt trận Tổ quốc Việt Nam xã Sơn Thủy',
    shortName: 'UB MTTQ xã Sơn Thủy',
    symbol: 'MTTQ',
    bloc: 'front',
    level: 'commune',
    place: 'Sơn Thủy',
    parent: 'mttq',
    validFrom: '2025-07-01',
    bodies: [
      {
        key: 'btt',
        name: 'Ban Thường trực',
        symbol: 'MTTQ-BTT',
        leadership: 'collective',
        mayIssue: mayIssue.front,
      },
    ],
  },
  {
    key: 'tinhdoan',
    code: '000.00.00.M91',
    name: 'Tỉnh đoàn Lam Giang',
    shortName: 'Tỉnh đoàn Lam Giang',
    symbol: 'TĐTN',
    bloc: 'union',
    level: 'province',
    place: 'Lam Giang',
    parent: 'mttq',
    validFrom: '2025-07-01',
    bodies: [
      {
        key: 'btv',
        name: 'Ban Thường vụ',
        symbol: 'TĐTN',
        leadership: 'collective',
        mayIssue: mayIssue.front,
      },
    ],
  },
];
