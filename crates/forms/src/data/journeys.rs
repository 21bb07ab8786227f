//! Forms of a journey: courier certificate, list of packages.

use serde::Serialize;

use super::{Head, Signature};

/// The certificate of a courier, for one journey.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CourierCertificate {
    /// Its head.
    #[serde(flatten)]
    pub head: Head,
    /// The courier's name.
    pub courier: String,
    /// His rank or function.
    pub function: Option<String>,
    /// What he proves his identity with: kind and number.
    pub identity: String,
    /// From where.
    pub from: String,
    /// To where.
    pub to: String,
    /// By which way and means.
    pub route: String,
    /// When he departs.
    pub departs: String,
    /// When he is expected.
    pub arrives: String,
    /// What he carries.
    pub packages: Vec<CarriedPackage>,
    /// The officer who issues it.
    pub issuer: Signature,
    /// The courier, who declares that he knows the rules.
    pub declared: Signature,
}

/// A package as a courier shows it: what it is, not what is in it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CarriedPackage {
    /// Its number.
    pub number: String,
    /// The numbers of its seals.
    pub seals: Option<String>,
    /// What it looks like, without any classification.
    pub description: String,
}

/// The packages of a dispatch.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PackageList {
    /// Its head.
    #[serde(flatten)]
    pub head: Head,
    /// Who carries them.
    pub bearer: Option<String>,
    /// The courier certificate they travel under.
    pub certificate: Option<String>,
    /// When they leave.
    pub sent: Option<String>,
    /// The packages.
    pub packages: Vec<PackedPackage>,
    /// Who packed them.
    pub packer: Signature,
    /// Who checked them.
    pub checker: Option<Signature>,
}

/// A package as it was packed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PackedPackage {
    /// Its number.
    pub number: String,
    /// The address on the outer cover, line under line.
    pub outer: String,
    /// The address on the inner cover, line under line.
    pub inner: String,
    /// The numbers of its seals.
    pub seals: Option<String>,
    /// The receipts inside, by number.
    pub receipts: Vec<String>,
}
