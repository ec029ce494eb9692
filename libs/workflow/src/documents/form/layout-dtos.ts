import { Amount, Count, ObjectOf } from '#platform';

const points = 'Points from the lower left of the unrotated page.';

export class PartPlaceBody {
  @Count({ min: 1, max: 100_000, description: 'Page, counted from 1.' })
  readonly page: number;

  @Amount({ min: 0, max: 15_000, description: points })
  readonly x: number;

  @Amount({ min: 0, max: 15_000, description: points })
  readonly y: number;

  @Amount({ min: 10, max: 15_000, description: 'Points.' })
  readonly width: number;

  @Amount({ min: 8, max: 15_000, description: 'Points.' })
  readonly height: number;
}

export class LayoutBody {
  @ObjectOf(() => PartPlaceBody, { optional: true })
  readonly number?: PartPlaceBody;

  @ObjectOf(() => PartPlaceBody, { optional: true })
  readonly date?: PartPlaceBody;

  @ObjectOf(() => PartPlaceBody, { optional: true, description: 'The personal signature.' })
  readonly signature?: PartPlaceBody;

  @ObjectOf(() => PartPlaceBody, { optional: true })
  readonly agencySignature?: PartPlaceBody;
}
