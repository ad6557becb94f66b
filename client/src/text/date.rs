//! The months.

candour_shared::texts! { here
    january = "January", "Ionawr";
    february = "February", "Chwefror";
    march = "March", "Mawrth";
    april = "April", "Ebrill";
    may = "May", "Mai";
    june = "June", "Mehefin";
    july = "July", "Gorffennaf";
    august = "August", "Awst";
    september = "September", "Medi";
    october = "October", "Hydref";
    november = "November", "Tachwedd";
    december = "December", "Rhagfyr";
}
