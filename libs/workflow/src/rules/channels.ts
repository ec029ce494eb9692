import type { Basis } from './citation';
import { assumed, readIn } from './citation';

/** How a copy reaches its recipient. */
export const channels = ['electronic', 'kt1', 'post', 'direct'] as const;
export type Channel = (typeof channels)[number];

/** The channels on which paper travels, each with a signature of whoever took it (ký nhận). */
export const paperChannels = ['kt1', 'post', 'direct'] as const satisfies readonly Channel[];
export type PaperChannel = (typeof paperChannels)[number];

interface ChannelRule {
  readonly vi: string;
  readonly en: string;
  /** Whether the sender says why it did not go electronically. */
  readonly reason: 'required' | 'none';
  readonly basis: Basis;
}

const reported = 'what is not exchanged electronically counts against the target, so the document says why';

export const channelRules: Readonly<Record<Channel, ChannelRule>> = {
  electronic: {
    vi: 'Điện tử',
    en: 'Electronic',
    reason: 'none',
    basis: readIn('Decision 28/2018/QĐ-TTg', 'the usual way between agencies of the system'),
  },
  kt1: { vi: 'Bưu điện KT1', en: 'Classified post (KT1)', reason: 'required', basis: assumed(reported) },
  post: { vi: 'Bưu điện', en: 'Post', reason: 'required', basis: assumed(reported) },
  direct: { vi: 'Chuyển trực tiếp', en: 'By hand', reason: 'required', basis: assumed(reported) },
};
