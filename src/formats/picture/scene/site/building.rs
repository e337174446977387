//! A building as it grows: trenches, a frame of slabs and columns, walls bay by bay, windows, a roof.

use super::super::camera::spot;
use super::super::light::Facing;
use super::super::stage::{Block, Stage, Surface, surface};
use crate::formats::picture::noise::Chance;

/// Distance between columns and between floors, in centimetres.
const BAY: i32 = 600;
pub(super) const STOREY: i32 = 350;

/// What is being built, and how far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Building {
    pub(super) bays: i32,
    pub(super) rows: i32,
    pub(super) storeys: i32,
    /// Floors whose frame stands, and walls that are closed, in bays.
    framed: i32,
    walled: i32,
    frame: Surface,
    steel: bool,
    sheathing: Surface,
    cladding: Surface,
    glazed: bool,
}

impl Building {
    pub(super) fn new(chance: &mut Chance, progress: i32) -> Building {
        let (bays, rows, storeys) = (chance.between(5, 8), chance.between(2, 3), chance.between(2, 4));
        let steel = chance.hits(45);
        let steels = [0x8A3B2E, 0x6E7478, 0x4A5560];
        let sheathings = [0xB9BFC2, 0x86A08A, 0xC9A98C, 0x9C8F7A];
        let claddings = [0x9A5F4A, 0xD9D3C6, 0xA77F56, 0x5D6870, 0xB98F6A, 0xC7C2B4];
        let concrete = surface(0xA8A49C, 34).sized(180);
        let bays_in_all = bays * storeys;
        Building {
            bays,
            rows,
            storeys,
            framed: (storeys * (progress - 12) / 30).clamp(0, storeys),
            walled: (bays_in_all * (progress - 46) / 34).clamp(0, bays_in_all),
            frame: if steel { surface(chance.one(&steels), 16) } else { concrete },
            steel,
            sheathing: surface(chance.one(&sheathings), 18).sized(120),
            cladding: surface(chance.one(&claddings), 20).sized(40),
            glazed: progress > 62,
        }
    }

    pub(super) fn width(&self) -> i32 {
        self.bays * BAY
    }

    pub(super) fn depth(&self) -> i32 {
        self.rows * BAY
    }

    /// How high it is now.
    pub(super) fn height(&self) -> i32 {
        self.framed.max(1) * STOREY
    }

    /// Whether a scaffold is of use.
    pub(super) fn is_scaffolded(&self) -> bool {
        self.framed >= 2
    }

    pub(super) fn hull(&self) -> Block {
        Block::new(spot(0, 0, 0), self.width(), self.depth(), if self.framed > 0 { self.height() } else { 20 })
    }

    /// Draws it from back to front.
    pub(super) fn draw(&self, stage: &mut Stage) {
        if self.framed == 0 {
            return self.foundations(stage);
        }
        self.slab(stage, 0, 0, self.rows);
        for row in (0..=self.rows).rev() {
            for storey in 1..=self.framed {
                if row < self.rows {
                    self.slab(stage, storey * STOREY, row, row + 1);
                }
            }
            for column in self.ordered_columns(stage) {
                self.columns(stage, column, row);
            }
            if row == self.rows || row == 1 {
                self.inner_walls(stage, row);
            }
        }
        self.walls(stage);
        if self.walled >= self.bays * self.storeys {
            self.roof(stage);
        }
    }

    /// Columns from the far side to the near one.
    fn ordered_columns(&self, stage: &Stage) -> Vec<i32> {
        let all = 0..=self.bays;
        if stage.camera.stands.right > self.width() / 2 { all.collect() } else { all.rev().collect() }
    }

    /// A strip of a floor between two rows of columns.
    fn slab(&self, stage: &mut Stage, top: i32, from: i32, to: i32) {
        let thick = if self.steel { 46 } else { 30 };
        let corner = spot(-25, from * BAY - 25, top - thick);
        let block = Block::new(corner, self.width() + 50, (to - from) * BAY + 50, thick);
        stage.block(block, if self.steel && top > 0 { self.frame } else { surface(0xA8A49C, 34).sized(220) });
    }

    fn columns(&self, stage: &mut Stage, column: i32, row: i32) {
        let side = if self.steel { 26 } else { 40 };
        for storey in 0..self.framed {
            let corner = spot(column * BAY - side / 2, row * BAY - side / 2, storey * STOREY);
            stage.block(Block::new(corner, side, side, STOREY - 30), self.frame);
        }
        // Bars or stubs stand out of what was poured last.
        let top = self.framed * STOREY;
        if self.walled == 0 && self.framed < self.storeys {
            for bar in 0..4 {
                let at = spot(column * BAY - 14 + bar * 9, row * BAY, top);
                stage.beam(at, spot(at.right, at.away, top + 90), 4, surface(0x6B4A3A, 0));
            }
        }
    }

    /// Dim partitions deep inside, so that a frame is not a window to the sky.
    fn inner_walls(&self, stage: &mut Stage, row: i32) {
        for storey in 0..self.framed.min(self.walled / 2 + self.framed - 1) {
            for bay in 0..self.bays {
                if stage.chance.hits(if self.walled > 0 { 72 } else { 26 }) {
                    let up = storey * STOREY;
                    let wall = Block::new(spot(bay * BAY + 20, row * BAY, up), BAY - 40, 12, STOREY - 46);
                    stage.face(&wall.side(Facing::Towards), Facing::Down, surface(0x8E8A84, 22));
                }
            }
        }
    }

    /// The outer walls that are closed: the lowest storeys first.
    fn walls(&self, stage: &mut Stage) {
        let finished = self.walled - self.bays;
        for facing in stage.seen_sides(&self.hull()) {
            let bays = match facing {
                Facing::Towards => self.bays,
                Facing::Left | Facing::Right => self.rows,
                _ => continue,
            };
            for storey in 0..self.framed {
                for bay in 0..bays {
                    let order = storey * self.bays + bay;
                    let ragged = stage.chance.between(0, 2);
                    if order + ragged < self.walled {
                        let clad = order + ragged * 2 < finished;
                        self.wall(stage, facing, bay, storey, if clad { self.cladding } else { self.sheathing });
                    }
                }
            }
        }
    }

    /// One bay of wall with its window.
    fn wall(&self, stage: &mut Stage, facing: Facing, bay: i32, storey: i32, material: Surface) {
        let up = storey * STOREY;
        let place = |along: i32, up: i32| match facing {
            Facing::Left => spot(-26, along, up),
            Facing::Right => spot(self.width() + 26, along, up),
            _ => spot(along, -26, up),
        };
        let from = bay * BAY;
        let panel = |left: i32, right: i32, low: i32, high: i32| {
            [place(left, low), place(right, low), place(right, high), place(left, high)]
        };
        stage.face(&panel(from, from + BAY, up - 30, up + STOREY - 30), facing, material);
        let windows: &[(i32, i32)] = if facing == Facing::Towards { &[(70, 270), (330, 530)] } else { &[(200, 400)] };
        for (left, right) in windows {
            let (low, high) = if storey == 0 && bay == self.bays / 2 { (2, 250) } else { (90, 260) };
            stage.face(
                &panel(from + left - 8, from + right + 8, up + low - 8, up + high + 8),
                facing,
                surface(0x55585A, 0),
            );
            let glass = if self.glazed { surface(0x6F8796, 30).sized(260) } else { surface(0x23262A, 10) };
            stage.face(&panel(from + left, from + right, up + low, up + high), facing, glass);
            let middle = from + (left + right) / 2;
            stage.face(&panel(middle - 5, middle + 5, up + low, up + high), facing, surface(0x4A4D50, 0));
        }
    }

    /// Machines on the roof, mostly hidden by its edge.
    fn roof(&self, stage: &mut Stage) {
        let top = self.height();
        for unit in 0..2 {
            let corner = spot(self.width() * (1 + unit) / 4, self.depth() / 3, top);
            stage.block(Block::new(corner, 300, 200, 230), surface(0xB4B8BA, 14));
        }
        let edge = Block::new(spot(-40, -40, top - 40), self.width() + 80, self.depth() + 80, 100);
        stage.block(edge, surface(0x6A6F73, 12));
    }

    /// Pads, trenches and what is heaped beside them.
    fn foundations(&self, stage: &mut Stage) {
        for row in (0..=self.rows).rev() {
            let trench = Block::new(spot(-60, row * BAY - 45, 0), self.width() + 120, 110, 0);
            stage.face(&trench.side(Facing::Down), Facing::Down, surface(0x5A4A3A, 30));
            let lip = [spot(-60, row * BAY + 65, 0), spot(self.width() + 60, row * BAY + 65, 0)];
            stage.beam(lip[0], lip[1], 10, surface(0x3F342A, 0));
            for column in self.ordered_columns(stage) {
                let corner = spot(column * BAY - 60, row * BAY - 40, 0);
                if stage.chance.hits(60) {
                    stage.block(Block::new(corner, 120, 100, 28), surface(0xB0ADA6, 26));
                    for bar in 0..5 {
                        let at = spot(corner.right + 34 + bar * 13, row * BAY, 28);
                        stage.beam(at, spot(at.right + 2, at.away, 130), 4, surface(0x7A4A35, 0));
                    }
                } else {
                    stage.block(Block::new(corner, 120, 100, 34), surface(0xB58A55, 22));
                }
            }
        }
    }
}
