//! A package and a courier's certificate as forms. Neither bears what is in a package, nor its marking.

use forms::data::{CarriedPackage, CourierCertificate, PackageList, PackedPackage, Signature};
use office::custody::books::{BookPage, BookRow, StepRow};
use registry::custody::book::{Details, Journey, Package, Step};

use super::{Filling, Posts, books::head};

/// A package with its receipts, and the courier who has it.
pub(super) fn list(
    of: Filling<'_>,
    found: &BookPage,
    package: &Package,
    courier: Option<&BookRow>,
    posts: &Posts,
) -> PackageList {
    let journey = courier.and_then(|row| match &row.view.item.details {
        Details::Journeys(journey) => Some((row, journey)),
        _ => None,
    });
    let by = of.say.t(&format!("book-by-{}", package.by.as_str()));
    PackageList {
        head: head(of, &found.row),
        bearer: Some(journey.map_or(by, |(_, journey)| journey.courier.name.clone())),
        certificate: journey.map(|(row, _)| row.view.item.text()),
        sent: taken(found, |step| matches!(step, Step::Depart)).map(|step| of.day(step.taken.at)),
        packages: vec![PackedPackage {
            number: found.row.view.item.text(),
            outer: package.outer.clone(),
            inner: inner(package),
            seals: seals(package),
            receipts: found.dispatches.iter().map(|row| row.view.dispatch.receipt()).collect(),
        }],
        packer: posts.signature(of, found.row.view.entered_by, &found.row.entered_by, None),
        checker: Some(Signature::default()),
    }
}

/// To whom, and by whom it is to be opened.
fn inner(package: &Package) -> String {
    let warning = package.warning.iter().map(String::as_str);
    std::iter::once(package.inner.as_str()).chain(warning).collect::<Vec<_>>().join("\n")
}

fn seals(package: &Package) -> Option<String> {
    (!package.seals.is_empty()).then(|| package.seals.join(", "))
}

/// The last step of a kind.
fn taken(found: &BookPage, is: impl Fn(&Step) -> bool) -> Option<&StepRow> {
    found.steps.iter().rev().find(|step| is(&step.taken.step))
}

/// The certificate that a courier carries: signed on screen by who issued it.
pub(super) fn certificate(
    of: Filling<'_>,
    found: &BookPage,
    journey: &Journey,
    posts: &Posts,
) -> CourierCertificate {
    let issued = taken(found, |step| matches!(step, Step::Issue));
    let issuer = issued.map(|step| posts.signature(of, step.taken.actor, &step.actor, Some(step.taken.time)));
    let function = journey.courier.person.and_then(|person| posts.get(person));
    CourierCertificate {
        head: head(of, &found.row),
        courier: journey.courier.name.clone(),
        function: function.clone(),
        identity: journey.courier.document.clone(),
        from: journey.from.clone(),
        to: journey.to.clone(),
        route: journey.way.clone().unwrap_or_default(),
        departs: of.moment(journey.leaves),
        arrives: of.moment(journey.expected),
        packages: found.packages.iter().filter_map(carried).collect(),
        issuer: issuer.unwrap_or_default(),
        declared: Signature { function, ..of.signature(Some(&journey.courier.name), None) },
    }
}

/// A package as it looks from without: the address on it, and its seals.
fn carried(row: &BookRow) -> Option<CarriedPackage> {
    let Details::Packages(package) = &row.view.item.details else { return None };
    Some(CarriedPackage {
        number: row.view.item.text(),
        seals: seals(package),
        description: package.outer.clone(),
    })
}
