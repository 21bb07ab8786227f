//! Pages as pictures: those that a file holds, and those that were drawn of a PDF; each looked at and made small. Runs only in
//! the child.

use std::io::Cursor;
use std::ops::Range;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, GrayImage, ImageDecoder, ImageFormat, ImageReader};

use super::{SIDE, Sight, Turn, ink};
use crate::formats::picture::begun_at;
use crate::formats::{Read, Stop};
use crate::{Damage, Limit, MediaType};

/// How good pictures are for showing (of a hundred).
const QUALITY: u8 = 60;
/// Most dots of a side of a picture that is looked at.
const LONGEST: u32 = 30_000;
/// Most bytes that a picture may take when it is unpacked.
const UNPACKED: u64 = 400 << 20;

/// What is seen on some pictures of a file.
pub(super) fn pictures(
    bytes: &[u8],
    kind: MediaType,
    pages: Range<usize>,
    side: u32,
    turn: Turn,
) -> Read<Vec<Sight>> {
    pages.map(|page| seen(&picture(bytes, kind, page)?.into_luma8(), side, turn)).collect()
}

/// What is seen on pages that were drawn: greys (PGM), one after the other.
pub(super) fn drawn(bytes: &[u8], side: u32, turn: Turn) -> Read<Vec<Sight>> {
    let (mut rest, mut all) = (bytes, Vec::new());
    while !rest.is_empty() {
        let (page, behind) = greys(rest).ok_or(Stop::Damaged(Damage::Structure))?;
        all.push(seen(&page, side, turn)?);
        rest = behind;
    }
    Ok(all)
}

/// The first of drawn pages: `P5`, width, height, 255, each before white space; then its dots.
fn greys(bytes: &[u8]) -> Option<(GrayImage, &[u8])> {
    let mut rest = bytes.strip_prefix(b"P5")?;
    let mut numbers = [0_u32; 3];
    for number in &mut numbers {
        let at = rest.iter().position(u8::is_ascii_digit).filter(|at| *at <= 4)?;
        let (_, digits) = rest.split_at_checked(at)?;
        let end = digits.iter().position(|byte| !byte.is_ascii_digit()).filter(|end| *end <= 6)?;
        let (digits, behind) = digits.split_at_checked(end)?;
        *number = std::str::from_utf8(digits).ok()?.parse().ok()?;
        rest = behind;
    }
    let [width, height, 255] = numbers else { return None };
    let dots = usize::try_from(u64::from(width) * u64::from(height)).ok()?;
    let (dots, behind) = rest.get(1..)?.split_at_checked(dots)?;
    Some((GrayImage::from_raw(width, height, dots.to_vec())?, behind))
}

/// A picture of a file, the right way up as the file says.
pub(super) fn picture(bytes: &[u8], kind: MediaType, page: usize) -> Read<DynamicImage> {
    let begun;
    let (bytes, format) = match kind {
        MediaType::Png if page == 0 => (bytes, ImageFormat::Png),
        MediaType::Jpeg if page == 0 => (bytes, ImageFormat::Jpeg),
        MediaType::Tiff => {
            begun = begun_at(bytes, page).ok_or(Stop::Damaged(Damage::Structure))?;
            (begun.as_slice(), ImageFormat::Tiff)
        }
        _ => return Err(Stop::Unsupported),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST), Some(LONGEST));
    limits.max_alloc = Some(UNPACKED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| stopped(&error))?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| stopped(&error))?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// How a JPEG is to be turned to be the right way up; none: it is mirrored too, or is none.
pub(super) fn upright(bytes: &[u8]) -> Option<Turn> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg).into_decoder().ok()?;
    match decoder.orientation().ok()? {
        Orientation::NoTransforms => Some(Turn::None),
        Orientation::Rotate90 => Some(Turn::Right),
        Orientation::Rotate180 => Some(Turn::Half),
        Orientation::Rotate270 => Some(Turn::Left),
        _ => None,
    }
}

fn stopped(error: &image::ImageError) -> Stop {
    match error {
        image::ImageError::Limits(_) => Stop::OverLimit(Limit::Unpacked),
        image::ImageError::Unsupported(_) => Stop::Unsupported,
        _ => Stop::Damaged(Damage::Structure),
    }
}

fn seen(page: &GrayImage, side: u32, turn: Turn) -> Read<Sight> {
    let page = shrunk(page, SIDE);
    let found = ink::found(&page);
    let small = turned(shrunk(&page, side), turn);
    let mut picture = Vec::new();
    JpegEncoder::new_with_quality(&mut picture, QUALITY)
        .encode(small.as_raw(), small.width(), small.height(), ExtendedColorType::L8)
        .map_err(|error| stopped(&error))?;
    let ink::Found { blank, separator, ink } = found;
    Ok(Sight { blank, separator, ink, size: picture.len() as u64, picture })
}

/// A picture whose longer side is no longer than so many dots.
fn shrunk(page: &GrayImage, side: u32) -> GrayImage {
    let longer = page.width().max(page.height());
    if longer <= side {
        return page.clone();
    }
    let of = |length: u32| {
        let short = u64::from(length) * u64::from(side) / u64::from(longer.max(1));
        u32::try_from(short).unwrap_or(side).max(1)
    };
    image::imageops::thumbnail(page, of(page.width()), of(page.height()))
}

fn turned(page: GrayImage, turn: Turn) -> GrayImage {
    match turn {
        Turn::None => page,
        Turn::Right => image::imageops::rotate90(&page),
        Turn::Half => image::imageops::rotate180(&page),
        Turn::Left => image::imageops::rotate270(&page),
    }
}

#[cfg(test)]
mod tests {
    use super::greys;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_drawn_pages_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = greys(&bytes);
            let _ = greys(&[b"P5\n3 2\n255\n".as_slice(), &bytes].concat());
        }
    }
}
