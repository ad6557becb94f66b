//! How people get in.

candour_shared::texts! { here
    projector = "Projector", "Taflunydd";
    projector_hint = "Shows the board large, for a room. It can do nothing, and shows nothing that isn’t on everybody’s page.",
        "Mae’n dangos y bwrdd yn fawr, i ystafell. Ni all wneud dim, ac nid yw’n dangos dim nad yw ar dudalen pawb.";
    projector_link = "Projector’s link", "Dolen y taflunydd";
}
