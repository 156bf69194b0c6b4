import { createSampler } from '../kernel/distributions.ts';
import { purposeKey, uniformFrom } from '../kernel/random.ts';
import type { ZipfTables } from '../kernel/zipf.ts';
import { whole } from '../kernel/whole.ts';
import { NONE } from '../requests.ts';
import type { ClassSpec } from '../world.ts';

/**
 * The objects that each class asks for, with dense ids over all classes: class c owns
 * [firstObject(c), firstObject(c) + count). An object's size is a function of its id alone: the
 * catalogue is part of the world, the same in every replication and under every strategy.
 */
export class ObjectCatalogue {
  readonly objectCount: number;
  private readonly firstObject: Int32Array;
  private readonly pickers: (((uniform: number) => number) | null)[];
  /** Per class: the one size of all its objects, or NaN where `sizeBytesByClass` holds each. */
  private readonly classSizeBytes: Float64Array;
  private readonly sizeBytesByClass: (Float64Array | null)[];

  constructor(classes: readonly ClassSpec[], zipfTables: ZipfTables) {
    this.firstObject = new Int32Array(classes.length).fill(NONE);
    this.classSizeBytes = new Float64Array(classes.length).fill(NaN);
    this.pickers = [];
    this.sizeBytesByClass = [];
    let objectCount = 0;
    classes.forEach((spec, classIndex) => {
      this.pickers.push(pickerOf(spec, zipfTables));
      this.sizeBytesByClass.push(null);
      if (spec.objects === null) return;
      this.firstObject[classIndex] = objectCount;
      objectCount += spec.objects.count;
      if (spec.sizeBytes.law === 'constant') {
        this.classSizeBytes[classIndex] = spec.sizeBytes.value;
      } else {
        this.sizeBytesByClass[classIndex] = objectSizes(spec, spec.objects.count);
      }
    });
    this.objectCount = objectCount;
  }

  hasObjects(classIndex: number): boolean {
    return this.firstObject[classIndex] !== NONE;
  }

  /** The object that a draw in (0, 1) asks for; NONE if the class has no objects. */
  pick(classIndex: number, uniform: number): number {
    const picker = this.pickers[classIndex]!;
    return picker === null ? NONE : this.firstObject[classIndex]! + picker(uniform);
  }

  sizeBytes(classIndex: number, object: number): number {
    const sizes = this.sizeBytesByClass[classIndex];
    if (sizes === null || sizes === undefined) return this.classSizeBytes[classIndex]!;
    return sizes[object - this.firstObject[classIndex]!]!;
  }

  /** The class that owns an object. */
  classOf(object: number): number {
    for (let classIndex = this.firstObject.length - 1; classIndex >= 0; classIndex--) {
      const first = this.firstObject[classIndex]!;
      if (first !== NONE && first <= object) return classIndex;
    }
    return NONE;
  }

  /** First id and number of the class's objects. */
  range(classIndex: number): { readonly first: number; readonly count: number } {
    const first = this.firstObject[classIndex]!;
    if (first === NONE) return { first: 0, count: 0 };
    for (let later = classIndex + 1; later < this.firstObject.length; later++) {
      const next = this.firstObject[later]!;
      if (next !== NONE) return { first, count: next - first };
    }
    return { first, count: this.objectCount - first };
  }
}

function pickerOf(spec: ClassSpec, zipfTables: ZipfTables): ((uniform: number) => number) | null {
  if (spec.objects === null) return null;
  const { count, popularity } = spec.objects;
  if (popularity.law === 'uniform') return (uniform) => Math.floor(uniform * count);
  const table = zipfTables.get(popularity.alpha, count);
  return (uniform) => table.rank(uniform);
}

function objectSizes(spec: ClassSpec, count: number): Float64Array {
  const sampler = createSampler(spec.sizeBytes);
  const purpose = purposeKey(`object-size/${spec.name}`);
  const sizes = new Float64Array(count);
  for (let object = 0; object < count; object++) {
    sizes[object] = Math.max(1, whole(sampler.quantile(uniformFrom(object, purpose))));
  }
  return sizes;
}
