//! The forms by name.

/// One of the official forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// A receipt for a dispatch, to be signed and returned.
    Receipt,
    /// A page of a log or register.
    RegisterPage,
    /// The disclosure record sheet of one copy.
    DisclosureRecord,
    /// The report of a muster.
    MusterReport,
    /// A certificate of destruction.
    DestructionCertificate,
    /// The certificate of a courier, for one journey.
    CourierCertificate,
    /// The list of packages of a dispatch.
    PackageList,
    /// The report of an inspection of a registry.
    InspectionReport,
    /// The certificate of a hand-over between control officers.
    HandOver,
    /// The letter that appoints a control officer or a deputy.
    Appointment,
    /// What is to be carried away or destroyed in an emergency, by place.
    EmergencyList,
    /// The card in the place of a paper that is lent.
    OutCard,
    /// Labels with codes that name copies.
    BarcodeSheet,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 13] = [
        Self::Receipt,
        Self::RegisterPage,
        Self::DisclosureRecord,
        Self::MusterReport,
        Self::DestructionCertificate,
        Self::CourierCertificate,
        Self::PackageList,
        Self::InspectionReport,
        Self::HandOver,
        Self::Appointment,
        Self::EmergencyList,
        Self::OutCard,
        Self::BarcodeSheet,
    ];

    /// Its name, which its template is filed under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::RegisterPage => "register-page",
            Self::DisclosureRecord => "disclosure-record",
            Self::MusterReport => "muster-report",
            Self::DestructionCertificate => "destruction-certificate",
            Self::CourierCertificate => "courier-certificate",
            Self::PackageList => "package-list",
            Self::InspectionReport => "inspection-report",
            Self::HandOver => "hand-over",
            Self::Appointment => "appointment",
            Self::EmergencyList => "emergency-list",
            Self::OutCard => "out-card",
            Self::BarcodeSheet => "barcode-sheet",
        }
    }

    /// Its code, which stands on every page of it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receipt => "F-R",
            Self::RegisterPage => "F-L",
            Self::DisclosureRecord => "F-DR",
            Self::MusterReport => "F-M",
            Self::DestructionCertificate => "F-D",
            Self::CourierCertificate => "F-CC",
            Self::PackageList => "F-P",
            Self::InspectionReport => "F-I",
            Self::HandOver => "F-HO",
            Self::Appointment => "F-A",
            Self::EmergencyList => "F-E",
            Self::OutCard => "F-OC",
            Self::BarcodeSheet => "F-B",
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }
}

/// The language that a form speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// Its two letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}
