import fc from 'fast-check';
import { deepestJson, jsonShapeFault } from './json-shape';

describe('the shape of JSON', () => {
  it('allows what is nested no deeper than the limit', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(jsonShapeFault(nested(deepestJson))).toBeUndefined();
    expect(jsonShapeFault(nested(deepestJson + 1))).toBe('too deep');
  });

  it('finds names that occur twice in one object, escaped or not, and only there', () => {
    expect(jsonShapeFault('{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}')).toBeUndefined();
    expect(jsonShapeFault('{"a":1, "\\u0061" : 2}')).toBe('repeated name');
    expect(jsonShapeFault('[{"x":{"a":1,"a":2}}]')).toBe('repeated name');
  });

  it('is not misled by quotes, backslashes and brackets in strings', () => {
    expect(jsonShapeFault('{"a":"\\"a\\":","b":"[[[{{{\\\\"}')).toBeUndefined();
    expect(jsonShapeFault('{"\\\\":1,"\\"":2}')).toBeUndefined();
  });

  it('refuses names that reach prototypes', () => {
    expect(jsonShapeFault('{"__proto__":1}')).toBe('forbidden name');
    expect(jsonShapeFault('{"a":{"constructor":{"prototype":{}}}}')).toBe('forbidden name');
    expect(jsonShapeFault('["__proto__","constructor"]')).toBeUndefined();
  });

  it('finds no fault in anything that JSON.stringify writes within the limit', () => {
    const values = fc
      .jsonValue({ maxDepth: 10 })
      .filter((value) => !/__proto__|constructor|prototype/.test(JSON.stringify(value)));
    fc.assert(fc.property(values, (value) => jsonShapeFault(JSON.stringify(value)) === undefined));
  });

  it('ends on any text whatever', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', 'a', ' ') }),
        (text) => {
          jsonShapeFault(text);
        },
      ),
    );
  });
});
