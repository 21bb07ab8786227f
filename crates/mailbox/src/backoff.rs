//! How long to wait before a server is tried again. Pure: counts and dice are arguments.

use std::time::Duration;

use crate::Trouble;

/// The first pause after something that may pass by itself.
const FIRST: u64 = 5;
/// The longest such pause: a quarter of an hour.
const LONGEST: u64 = 15 * 60;
/// The first pause after something that only a person can mend: signing in again and again locks accounts.
const FIRST_LASTING: u64 = 10 * 60;
/// The longest such pause: four hours.
const LONGEST_LASTING: u64 = 4 * 60 * 60;

/// How long to wait after `failures` failures in a row (1 for the first), the last of them being `trouble`. Doubles each
/// time up to a limit; `dice` (any random byte) takes off up to a fifth, so that many nodes do not come at once.
#[must_use]
pub fn pause(failures: u32, trouble: &Trouble, dice: u8) -> Duration {
    let (first, longest) =
        if trouble.is_lasting() { (FIRST_LASTING, LONGEST_LASTING) } else { (FIRST, LONGEST) };
    let doublings = failures.saturating_sub(1).min(32);
    let seconds = first.saturating_mul(1_u64 << doublings).min(longest);
    let millis = seconds.saturating_mul(1_000);
    Duration::from_millis(millis - millis / 5 * u64::from(dice) / 255)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Doing;

    #[test]
    fn it_doubles_to_a_quarter_of_an_hour_and_begins_anew_after_success() {
        let lost = Trouble::Lost { doing: Doing::Reading };
        let seconds: Vec<u64> = (0..=10).map(|count| pause(count, &lost, 0).as_secs()).collect();
        assert_eq!(seconds, [5, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(pause(u32::MAX, &lost, 0).as_secs(), 900);
    }

    #[test]
    fn a_refused_password_is_not_hammered() {
        let refused = Trouble::LoginRefused { user: "registry".into(), said: String::new() };
        assert_eq!(pause(1, &refused, 0).as_secs(), 600);
        assert_eq!(pause(9, &refused, 0).as_secs(), 4 * 60 * 60);
    }

    #[test]
    fn the_dice_take_off_a_fifth_at_most() {
        let lost = Trouble::Lost { doing: Doing::Reading };
        for dice in 0..=u8::MAX {
            let pause = pause(3, &lost, dice).as_millis();
            assert!((16_000..=20_000).contains(&pause), "{pause}");
        }
    }
}
