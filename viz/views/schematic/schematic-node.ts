import type { Selection } from '../../store.ts';
import type { StateMark } from '../../theme.ts';

/** A thing of the schematic where it is drawn, pixels. */
export interface SchematicNode {
  /** null for what cannot be selected: the clients of a laboratory. */
  readonly selection: Selection | null;
  readonly key: string;
  readonly shape: 'circle' | 'square' | 'crowd';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** How much smaller it is than among few: `crowding`. */
  readonly crowd: number;
  readonly mark: StateMark;
  /** Of the core, where a catchment has one. */
  readonly core: string | null;
  /** Width of the glow around trouble, pixels; 0 where neighbours are too near for it. */
  readonly halo: number;
  /** 0 … 1, a ring around it; NaN = none. */
  readonly utilisation: number;
  readonly label: string;
  /** Figures after the label, quiet. */
  readonly note: string;
  readonly side: 'right' | 'left' | 'above' | 'below' | null;
  readonly isSelected: boolean;
  /** Said to screen readers. */
  readonly spoken: string;
}

/** A line between two nodes, drawn as one half a direction. */
export interface SchematicEdge {
  readonly key: string;
  readonly selection: Selection | null;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly isCurved: boolean;
  readonly width: number;
  /** Of the half at `from`, and of that at `to`. */
  readonly colours: readonly [string, string];
  readonly isDown: boolean;
  /** Where the ✕ of a dead line stands, 0 … 1: away from nodes that it passes. */
  readonly crossAt: number;
  readonly isSelected: boolean;
  readonly isQuiet: boolean;
  readonly spoken: string;
}

export interface SchematicPicture {
  readonly nodes: readonly SchematicNode[];
  readonly edges: readonly SchematicEdge[];
}
