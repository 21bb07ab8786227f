//! What is on a page: how much ink that nobody would take for dust, punch holes or the scanner's black borders; and whether it
//! bears the code of a separator sheet. Knows greys only.

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::GrayImage;

use super::SEPARATOR;

/// Ink (millionths of the page) below which a page is blank: about the figure at the foot of an empty one.
const BLANK: u32 = 60;
/// How much darker than the paper ink is, in hundredths of the paper's brightness.
const DARK: u32 = 70;
/// Paper below this brightness is none: a black page is not blank.
const PAPER: u32 = 110;
/// Dots of the longer side on which marks are told apart.
const CELLS: u32 = 350;
/// Dots below which a mark is dust.
const DUST: u32 = 7;

/// What is found on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) blank: bool,
    pub(super) separator: bool,
    pub(super) ink: u32,
}

/// Looks at a page.
pub(super) fn found(page: &GrayImage) -> Found {
    let ink = ink(page);
    let blank = ink.is_some_and(|ink| ink < BLANK);
    Found { blank, separator: !blank && bears_separator(page), ink: ink.unwrap_or(1_000_000) }
}

/// Whether the code of a separator sheet can be read. Once more on a page half as large, where noise is averaged away.
fn bears_separator(page: &GrayImage) -> bool {
    let smaller = || image::imageops::thumbnail(page, page.width().div_ceil(2), page.height().div_ceil(2));
    says_separator(page) || says_separator(&smaller())
}

fn says_separator(page: &GrayImage) -> bool {
    let (width, height) = (page.width() as usize, page.height() as usize);
    let grey = |x: usize, y: usize| page.as_raw().get(y * width + x).copied().unwrap_or(255);
    let read = || {
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
        let said = |grid: rqrr::Grid<_>| grid.decode().is_ok_and(|(_, said)| said == SEPARATOR);
        prepared.detect_grids().into_iter().any(said)
    };
    // What is no code may be odd enough for a failure: then it is none.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(false)
}

/// The brightness of the paper: nine of ten dots are no brighter.
fn paper(page: &GrayImage) -> u32 {
    let mut counts = [0_u64; 256];
    for dot in page.as_raw() {
        if let Some(count) = counts.get_mut(usize::from(*dot)) {
            *count += 1;
        }
    }
    let (mut left, mut brightness) = (page.as_raw().len() as u64 / 10, 255);
    for (grey, count) in counts.iter().enumerate().rev() {
        brightness = u32::try_from(grey).unwrap_or(255);
        if *count > left {
            break;
        }
        left -= count;
    }
    brightness
}

/// The ink of a page in millionths of it; none: there is no paper to see.
fn ink(page: &GrayImage) -> Option<u32> {
    let paper = paper(page);
    if paper < PAPER {
        return None;
    }
    let grid = Grid::of(page, u8::try_from(paper * DARK / 100).unwrap_or(u8::MAX));
    let dots = u64::from(page.width()) * u64::from(page.height());
    let inked: u64 = grid.marks().iter().map(|mark| u64::from(grid.counts(mark))).sum();
    u32::try_from(inked * 1_000_000 / dots.max(1)).ok()
}

/// A page in cells, each with how many dark dots it has.
struct Grid {
    width: usize,
    height: usize,
    dark: Vec<u32>,
}

/// Cells that touch one another, by their places.
struct Mark {
    cells: Vec<usize>,
    dots: u32,
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

impl Grid {
    fn of(page: &GrayImage, darker: u8) -> Self {
        let (columns, rows) = (page.width() as usize, page.height() as usize);
        let cell = (page.width().max(page.height()) / CELLS).max(1) as usize;
        let (width, height) = (columns.div_ceil(cell), rows.div_ceil(cell));
        let mut dark = vec![0; width * height];
        for (y, row) in page.as_raw().chunks(columns.max(1)).enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, dot)| **dot < darker) {
                if let Some(count) = dark.get_mut(y / cell * width + x / cell) {
                    *count += 1;
                }
            }
        }
        Self { width, height, dark }
    }

    /// The marks of the page.
    fn marks(&self) -> Vec<Mark> {
        let mut seen = vec![false; self.dark.len()];
        let mut marks = Vec::new();
        for first in 0..self.dark.len() {
            if seen.get(first).copied().unwrap_or(true) || !self.is_dark(first) {
                continue;
            }
            marks.push(self.mark(first, &mut seen));
        }
        marks
    }

    /// A dot alone in its cell is noise.
    fn is_dark(&self, place: usize) -> bool {
        self.dark.get(place).is_some_and(|dots| *dots > 1)
    }

    fn mark(&self, first: usize, seen: &mut [bool]) -> Mark {
        let (x, y) = (first % self.width, first / self.width);
        let mut mark = Mark { cells: Vec::new(), dots: 0, left: x, right: x, top: y, bottom: y };
        let mut open = vec![first];
        while let Some(place) = open.pop() {
            match seen.get_mut(place) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            mark.cells.push(place);
            mark.dots += self.dark.get(place).copied().unwrap_or(0);
            let (x, y) = (place % self.width, place / self.width);
            (mark.left, mark.right) = (mark.left.min(x), mark.right.max(x));
            (mark.top, mark.bottom) = (mark.top.min(y), mark.bottom.max(y));
            for near_y in y.saturating_sub(1)..=(y + 1).min(self.height - 1) {
                for near_x in x.saturating_sub(1)..=(x + 1).min(self.width - 1) {
                    let near = near_y * self.width + near_x;
                    if self.is_dark(near) {
                        open.push(near);
                    }
                }
            }
        }
        mark
    }

    /// How many dots of a mark are ink.
    fn counts(&self, mark: &Mark) -> u32 {
        if mark.dots < DUST || self.is_hole(mark) {
            return 0;
        }
        let border =
            mark.left == 0 || mark.top == 0 || mark.right + 1 >= self.width || mark.bottom + 1 >= self.height;
        if !border {
            return mark.dots;
        }
        // A border of the scanner: only what reaches far into the page is ink.
        let inside = |place: &&usize| {
            let (x, y) = (**place % self.width, **place / self.width);
            let within = |at: usize, length: usize| at * 8 > length && at * 8 < length * 7;
            within(x, self.width) && within(y, self.height)
        };
        mark.cells.iter().filter(inside).filter_map(|place| self.dark.get(*place)).sum()
    }

    /// A punch hole: as high as it is wide, full, no larger than a coin, and near an edge.
    fn is_hole(&self, mark: &Mark) -> bool {
        let (wide, high) = (mark.right - mark.left + 1, mark.bottom - mark.top + 1);
        let side = self.width.max(self.height);
        let round = wide * 2 <= high * 3 && high * 2 <= wide * 3;
        let fits = wide * 100 >= side && wide * 16 <= side;
        let full = mark.cells.len() * 10 >= wide * high * 6;
        let near = |from: usize, to: usize, length: usize| {
            let middle = (from + to) / 2;
            middle * 7 < length || middle * 7 > length * 6
        };
        let edge = near(mark.left, mark.right, self.width) || near(mark.top, mark.bottom, self.height);
        round && fits && full && edge
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use image::Luma;

    fn paper() -> GrayImage {
        GrayImage::from_pixel(990, 1400, Luma([240]))
    }

    fn draw(page: &mut GrayImage, left: u32, top: u32, wide: u32, high: u32) {
        for y in top..(top + high).min(page.height()) {
            for x in left..(left + wide).min(page.width()) {
                page.put_pixel(x, y, Luma([20]));
            }
        }
    }

    /// Dust, told by a number: about one dot in five hundred.
    fn dust(page: &mut GrayImage, mut seed: u64) {
        for dot in page.pixels_mut() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            if (seed >> 33).is_multiple_of(500) {
                *dot = Luma([60]);
            }
        }
    }

    #[test]
    fn a_page_with_dust_holes_and_borders_is_blank_and_one_with_a_line_is_not() {
        let mut page = paper();
        assert!(found(&page).blank);
        dust(&mut page, 7);
        draw(&mut page, 45, 500, 28, 28);
        draw(&mut page, 45, 880, 28, 28);
        draw(&mut page, 0, 0, 990, 14);
        draw(&mut page, 970, 0, 20, 1400);
        assert!(found(&page).blank, "{:?}", found(&page));
        // "This page is left blank", in letters of twelve points.
        for letter in 0..20 {
            draw(&mut page, 300 + letter * 14, 700, 2, 14);
            draw(&mut page, 300 + letter * 14, 707, 8, 2);
        }
        assert!(!found(&page).blank);
        let black = GrayImage::from_pixel(990, 1400, Luma([10]));
        assert!(!found(&black).blank);
    }

    fn sheet(turned: bool) -> GrayImage {
        let (width, dots) = super::super::sheet();
        let mut page = paper();
        for (place, dot) in dots.iter().enumerate() {
            let (x, y) = ((place % width) as u32, (place / width) as u32);
            if *dot {
                draw(&mut page, 300 + x * 12, 420 + y * 12, 12, 12);
            }
        }
        if turned { image::imageops::rotate90(&page) } else { page }
    }

    #[test]
    fn a_separator_sheet_is_found_on_a_noisy_page_whichever_way_it_lies() {
        for turned in [false, true] {
            let mut page = sheet(turned);
            dust(&mut page, 3);
            let found = found(&page);
            assert!(found.separator && !found.blank, "{found:?}");
        }
        let mut other = paper();
        draw(&mut other, 200, 200, 300, 300);
        assert!(!found(&other).separator);
    }
}
