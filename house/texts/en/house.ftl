# The house: what the administrator keeps. Keys begin with house-.

rail-house = House

house-title = The house
house-text = What everything else stands on. Each change is an entry of the house’s ledger, under the name of whoever made it.
house-code = Code
house-name = Name
house-name-en = Name in English
house-name-fr = Name in French
house-kept-by = Kept by
house-above = Registry above
house-may-hold = May hold
house-version = Version
house-levels = Levels
house-holds-anything = Anything
house-holds-anything-risk = No ceiling: content of any marking is kept here. Right only for an installation that is approved for the highest.
house-holds-up-to = Nothing above what stands below
house-holds-nothing = Nothing of this policy
house-its-own = { $registry }, its own
house-entrust = Entrust to a registry

house-registries-title = Registries
house-registries-text = Each has a ledger, numbers and keys of its own. What is marked above its ceiling is registered as an entry without content.
house-registries-none = No registry yet
house-registries-would = The first is opened when the installation is founded.
house-open-registry = Open a registry
house-registry-explained = Its references begin with its code, which stays for ever.
house-change-registry = Change this registry
house-changed-explained = What is kept already stays, also above a lowered ceiling; no more of it comes in.
house-ceilings-hint-registry = The ceiling of each policy is what the installation is approved for, not what a person is cleared for. It covers the special categories of the policy that may be held at all.
house-ceilings-hint-changed = The ceiling of each policy is what the installation is approved for, not what a person is cleared for. It covers the special categories of the policy that may be held at all.
house-code-hint-registry = Two to eight capital letters and digits: HQR
house-code-hint-body = Two to eight capital letters and digits: IMS
house-code-hint-group = Small letters, digits and hyphens: air-policing

house-groups-title = Need-to-know groups
house-groups-text = A document may be kept to the members of one or several groups. Who is a member is proposed on the page of the person, and confirmed by a second officer.
house-groups-none = No group yet
house-groups-would = Without groups, whoever is cleared for a document and let into its registry may read it.
house-form-group = Form a group
house-group-explained = It has no members until two security officers give it some.

house-bodies-title = Bodies
house-bodies-text = Divisions, staffs and committees that people belong to and that keep registries.
house-bodies-none = No body yet
house-bodies-would = People and registries can be there without one.
house-establish-body = Establish a body
house-body-explained = Its code stays.

house-series-title = Series that are counted here
house-series-text = One registry gives the numbers of a series. Before the first number is given it may be another; then never again, for each counts by itself.
house-series-none = No series yet
house-series-would = Adopt a file of series, and references are read by it.
house-adopt-series = Adopt a file of series
house-series-explained = References are read by it from now on. A file of the same name gives way to it; what was registered before keeps what was read then.
house-series-name = Name of the file
house-series-file = What it says
house-toml-hint-series = TOML, as the files that ship in house/series.
house-series-code = Code of the series
house-entrust-explained = The registry gives its numbers from now on, the first being 1 unless it opens a count behind its old register.

house-policies-title = Security policies
house-policies-text = Adopted when the installation was founded.
house-policies-none = No policy
house-policies-would = An installation has at least one.

done-house-registry = The registry is open. Give people their roles in it on their own pages.
done-house-changed = The registry is changed.
done-house-group = The group is formed. Its members are proposed on their own pages.
done-house-body = The body is established.
done-house-series = The file of series is adopted.
done-house-entrust = The series is entrusted.
