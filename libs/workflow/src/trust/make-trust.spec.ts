import { loadWorkflowSettings } from '../settings';
import { revocationRules } from './make-trust';

const rulesOf = (environment: Readonly<Record<string, string>>): ReturnType<typeof revocationRules> =>
  revocationRules(loadWorkflowSettings(environment));

describe('hosts that may be asked for revocation status', () => {
  it('are none by default: the node works offline', () => {
    expect(rulesOf({})).toEqual([]);
  });

  it('are those of the configuration, some of them in inner networks', () => {
    const rules = rulesOf({
      SEALPOST_REVOCATION_HOSTS: 'http://crl.example.vn, https://*.ca.example.vn:8443',
      SEALPOST_REVOCATION_PRIVATE_HOSTS: 'http://10.0.0.5',
    });
    expect(rules).toEqual([
      { scheme: 'http', host: 'crl.example.vn', isSuffix: false, port: 80, allowPrivate: false },
      { scheme: 'https', host: 'ca.example.vn', isSuffix: true, port: 8443, allowPrivate: false },
      { scheme: 'http', host: '10.0.0.5', isSuffix: false, port: 80, allowPrivate: true },
    ]);
  });

  it('stop the start when one is written wrongly, by the name of its variable', () => {
    const wrong = {
      SEALPOST_REVOCATION_HOSTS: 'http://*.vn',
      SEALPOST_REVOCATION_PRIVATE_HOSTS: 'http://*.10.0.0.1',
    };
    expect(() => rulesOf(wrong)).toThrow(
      /REVOCATION_HOSTS: .* too wide\n.*REVOCATION_PRIVATE_HOSTS: .* too wide/,
    );
    for (const host of ['crl.example.vn', 'ftp://crl.example.vn', 'http://crl.example.vn/path', '*'])
      expect(() => rulesOf({ SEALPOST_REVOCATION_HOSTS: host })).toThrow(
        'SEALPOST_REVOCATION_HOSTS: must be',
      );
  });
});
