import { describe, expect, it } from 'vitest';
import { ARROWS, neighbourInDirection } from '../../viz/views/map/direction.ts';
import { placeLabels } from '../../viz/views/map/label-room.ts';
import { linkWidth } from '../../viz/views/map/link-layer.ts';
import { diamondCount, particleCount, particleSpeed } from '../../viz/views/map/particle-layer.ts';
import { crowding, linkCrowding, ringAround } from '../../viz/views/map/crowding.ts';
import { RADIUS_RANGE, radiusScale } from '../../viz/views/map/pop-layer.ts';
import { cameraOf, fitWorld, transformOf } from '../../viz/views/map/projection.ts';
import { regionPlaces, servingPop } from '../../viz/views/map/region-places.ts';

describe('encodings', () => {
  it('area of a POP goes with its requests: half the root range at a quarter of the rate', () => {
    const [least, most] = RADIUS_RANGE;
    const radius = radiusScale(400);
    expect(radius(0)).toBe(least);
    expect(radius(400)).toBe(most);
    expect(radius(100)).toBeCloseTo(least + (most - least) / 2, 10);
    expect(radius(Number.NaN)).toBe(least);
  });

  it('links are 1 to 6 pixels wide by decades of bandwidth', () => {
    expect([1e8, 1e9, 1e11, 1e13, 1e15].map((bps) => linkWidth(bps, 8))).toEqual([1, 1, 3.5, 6, 6]);
    expect(linkWidth(1e13, 1)).toBeCloseTo(6 * 0.625, 10);
  });

  it('particles are as fast and as many as in the weathermap panel', () => {
    expect([0, 0.25, 1].map(particleSpeed)).toEqual([20, 70, 120]);
    expect([0, 0.5, 1].map(particleCount)).toEqual([1, 5, 8]);
    expect([Number.NaN, 0, 0.005, 0.01, 0.5, 1].map((share) => diamondCount(8, share))).toEqual([
      0, 0, 0, 1, 4, 8,
    ]);
  });
});

describe('camera', () => {
  const size = { width: 1100, height: 620 };
  const project = fitWorld(size);

  it('without one shows the whole world', () => {
    expect(transformOf(null, project, size)).toEqual({ k: 1, x: 0, y: 0 });
    expect(cameraOf({ k: 1, x: 0, y: 0 }, project, size)).toBeNull();
  });

  it('puts its place into the middle', () => {
    const { k, x, y } = transformOf({ zoom: 4.2, latitude: 50.1, longitude: 8.7 }, project, size);
    const [px, py] = project([8.7, 50.1])!;
    expect([k * px + x, k * py + y]).toEqual([
      expect.closeTo(550, 6) as number,
      expect.closeTo(310, 6) as number,
    ]);
  });

  it('comes back from its transform', () => {
    const camera = { zoom: 4.2, latitude: 50.1, longitude: 8.7 };
    expect(cameraOf(transformOf(camera, project, size), project, size)).toEqual(camera);
  });
});

it('arrows move to the nearest POP in a direction, aside counting twice', () => {
  const marks = [
    { name: 'ahead', x: 100, y: 10 },
    { name: 'aside', x: 60, y: 80 },
    { name: 'left', x: -50, y: 0 },
    { name: 'up', x: 5, y: -40 },
  ];
  const go = (key: string) => neighbourInDirection(marks, { x: 0, y: 0 }, ARROWS[key]!)?.name;
  expect(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'].map(go)).toEqual([
    'ahead',
    'left',
    'up',
    'aside',
  ]);
  expect(neighbourInDirection([], { x: 0, y: 0 }, [1, 0])).toBeNull();
});

it('labels of higher rank come first, at the side that is free; urgent ones always', () => {
  const site = { radius: 5, text: 'abc', rank: 0, isUrgent: false };
  const sides = placeLabels([
    { ...site, x: 0, y: 0, rank: 2 },
    { ...site, x: 18, y: 0, rank: 3 },
    { ...site, x: 200, y: 0 },
  ]);
  expect(sides).toEqual(['left', 'right', 'right']);
  const crowd = Array.from({ length: 12 }, (_, i) => ({ ...site, x: i, y: 0, rank: 12 - i }));
  expect(placeLabels(crowd).filter((side) => side === null).length).toBeGreaterThan(5);
  const urgent = placeLabels([...crowd, { ...site, x: 3, y: 0, rank: -1, isUrgent: true }]);
  expect(urgent.at(-1)).not.toBeNull();
});

describe('places of regions', () => {
  const region = (longitude: number | null, latitude: number | null, weight: number) => ({
    name: 'r',
    label: 'r',
    country: null,
    continent: null,
    longitude,
    latitude,
    weight,
  });
  const regions = [
    region(8.68, 50.11, 0.2),
    region(8.68, 50.11, 0.1),
    region(-74, 40.7, 0.3),
    region(103.8, 1.35, 0.2),
    region(null, null, 0.2),
  ];
  const places = regionPlaces(regions);

  it('joins regions of one city and leaves out those without a place', () => {
    expect(places.map((place) => place.regions)).toEqual([[0, 1], [2], [3]]);
    expect(places.every(({ polygon }) => polygon.type === 'Polygon')).toBe(true);
  });

  it('a place belongs to the POP that serves most of its users', () => {
    expect(servingPop(places[0]!, regions, [4, 7, 0, 0, 0])).toBe(4);
    expect(servingPop(places[0]!, regions, [-1, 7, 0, 0, 0])).toBe(-1);
  });
});

describe('marks among many', () => {
  it('cover the same share of the picture, and have their full size again near by', () => {
    expect([1, 24, 80].map((count) => crowding(count, 1))).toEqual([1, 1, 1]);
    // Area by the square of the radius: 500 × c² is 80.
    expect(500 * crowding(500, 1) ** 2).toBeCloseTo(80, 9);
    expect(crowding(500, 2)).toBeCloseTo(2 * crowding(500, 1), 9);
    expect(crowding(500, 8)).toBe(1);
  });

  it('leave links thinner, but never without a colour', () => {
    expect([41, 300].map((count) => linkCrowding(count, 1))).toEqual([1, 1]);
    expect(1200 * linkCrowding(1200, 1) ** 2).toBeCloseTo(300, 9);
    expect(linkCrowding(50_000, 1)).toBe(0.25);
    expect(linkWidth(1e13, 8, 0.5)).toBe(3);
  });

  it('keep a ring that has a colour', () => {
    const full = { gap: 2, width: 3.5 };
    expect(ringAround({ radius: 10, crowd: 1 }, full)).toEqual({
      inner: 12,
      outer: 15.5,
      width: 3.5,
    });
    const { inner, outer, width } = ringAround({ radius: 3, crowd: 0.25 }, full);
    expect([inner, outer, width]).toEqual([3.5, 5, 1.5]);
  });
});
