//! Where a list of copies, or of acts on them, goes on: a place as programs carry it. Nothing in it is for them to read.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use registry::{CopyId, DocumentId, Refusal, Timestamp, custody::fact::Control};
use store::custody::seen::{Cut, Order, Seat, Slice};

use crate::api::request::{form, limit};

/// A page of a list: one row more than it shows, by which it is known whether more follows.
pub(super) struct Page {
    /// What is asked for.
    pub cut: Cut,
    /// Most rows of it.
    pub limit: usize,
}

/// The page that begins after a place; of copies in an order, or of acts.
pub(super) fn page(
    after: Option<&str>,
    most: Option<usize>,
    order: Option<Order>,
    backwards: bool,
) -> Result<Page, Refusal> {
    let limit = limit(most)?;
    let most = limit + 1;
    let cut = match after {
        None => Slice { from: 0, most, backwards }.into(),
        Some(text) => {
            let read = read(text).filter(|(seat, turned)| seat.order() == order && *turned == backwards);
            let (seat, _) = read.ok_or_else(|| form("after", "not a place of this list"))?;
            Cut::After { seat, most, backwards }
        }
    };
    Ok(Page { cut, limit })
}

/// A place, with the direction in which its list goes.
pub(super) fn written(seat: &Seat, backwards: bool) -> String {
    let mut bytes = vec![u8::from(backwards)];
    match seat {
        Seat::Number(control, number) => {
            bytes.push(0);
            bytes.extend(control.year.to_be_bytes());
            bytes.extend(control.serial.to_be_bytes());
            bytes.extend(number.to_be_bytes());
            bytes.extend(control.log.as_bytes());
        }
        Seat::Since(at, id) => {
            bytes.push(1);
            bytes.extend(at.micros().to_be_bytes());
            bytes.extend(id.bytes());
        }
        Seat::BackBy(day, id) => {
            bytes.push(3);
            bytes.extend(id.bytes());
            bytes.extend(day.map(|day| day.to_string()).unwrap_or_default().as_bytes());
        }
        Seat::Paper(day, id) => {
            bytes.push(4);
            bytes.extend(id.bytes());
            bytes.extend(day.to_string().as_bytes());
        }
        Seat::Act(year, number) => {
            bytes.push(2);
            bytes.extend(year.to_be_bytes());
            bytes.extend(number.to_be_bytes());
        }
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

fn read(text: &str) -> Option<(Seat, bool)> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let ([backwards, kind], rest) = bytes.split_first_chunk::<2>()?;
    let seat = match kind {
        0 => {
            let (year, rest) = rest.split_first_chunk::<2>()?;
            let (serial, rest) = rest.split_first_chunk::<8>()?;
            let (number, rest) = rest.split_first_chunk::<4>()?;
            let log = String::from_utf8(rest.to_vec()).ok().filter(|log| !log.contains('\0'))?;
            let control =
                Control { log, year: i16::from_be_bytes(*year), serial: u64::from_be_bytes(*serial) };
            Seat::Number(control, u32::from_be_bytes(*number))
        }
        1 => {
            let (at, rest) = rest.split_first_chunk::<8>()?;
            let id: [u8; 16] = rest.try_into().ok()?;
            Seat::Since(Timestamp::from_micros(i64::from_be_bytes(*at)), CopyId::new(id))
        }
        2 => {
            let (year, rest) = rest.split_first_chunk::<2>()?;
            let number: [u8; 8] = rest.try_into().ok()?;
            Seat::Act(i16::from_be_bytes(*year), u64::from_be_bytes(number))
        }
        3 => {
            let (id, rest) = rest.split_first_chunk::<16>()?;
            let day = match std::str::from_utf8(rest).ok()? {
                "" => None,
                day => Some(day.parse().ok()?),
            };
            Seat::BackBy(day, CopyId::new(*id))
        }
        4 => {
            let (id, rest) = rest.split_first_chunk::<16>()?;
            Seat::Paper(std::str::from_utf8(rest).ok()?.parse().ok()?, DocumentId::new(*id))
        }
        _ => return None,
    };
    (*backwards <= 1).then_some((seat, *backwards == 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_place_is_read_back_and_no_other_text_is_a_panic(
            log in "[A-Z]{2,12}", year in any::<i16>(), serial in any::<u64>(), number in any::<u32>(),
            at in any::<i64>(), id in any::<[u8; 16]>(), backwards in any::<bool>(), noise in ".{0,80}"
        ) {
            let control = Control { log, year, serial };
            let since = Seat::Since(Timestamp::from_micros(at), CopyId::new(id));
            let back = Seat::BackBy(Some(jiff::civil::date(2019, 3, 12)), CopyId::new(id));
            let open = Seat::BackBy(None, CopyId::new(id));
            let paper = Seat::Paper(jiff::civil::date(2019, 3, 12), DocumentId::new(id));
            for seat in [Seat::Number(control, number), since, back, open, paper, Seat::Act(year, serial)] {
                prop_assert_eq!(read(&written(&seat, backwards)), Some((seat, backwards)));
            }
            let _ = read(&noise);
        }
    }

    #[test]
    fn a_place_of_one_list_is_none_in_another() {
        let act = written(&Seat::Act(2026, 3), false);
        assert!(page(Some(&act), None, None, false).is_ok());
        assert!(page(Some(&act), None, None, true).is_err());
        assert!(page(Some(&act), None, Some(Order::Number), false).is_err());
    }
}
