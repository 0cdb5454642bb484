var Y=globalThis,Z=Y.ShadowRoot&&(Y.ShadyCSS===void 0||Y.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ge=Symbol(),Ge=new WeakMap,D=class{constructor(e,t,s){if(this._$cssResult$=!0,s!==ge)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(Z&&e===void 0){let s=t!==void 0&&t.length===1;s&&(e=Ge.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&Ge.set(t,e))}return e}toString(){return this.cssText}},We=i=>new D(typeof i=="string"?i:i+"",void 0,ge),b=(i,...e)=>{let t=i.length===1?i[0]:e.reduce((s,r,n)=>s+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+i[n+1],i[0]);return new D(t,i,ge)},Ke=(i,e)=>{if(Z)i.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let s=document.createElement("style"),r=Y.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=t.cssText,i.appendChild(s)}},fe=Z?i=>i:i=>i instanceof CSSStyleSheet?(e=>{let t="";for(let s of e.cssRules)t+=s.cssText;return We(t)})(i):i;var{is:Ct,defineProperty:Mt,getOwnPropertyDescriptor:Pt,getOwnPropertyNames:Lt,getOwnPropertySymbols:Ot,getPrototypeOf:Ht}=Object,Q=globalThis,Je=Q.trustedTypes,Ut=Je?Je.emptyScript:"",Dt=Q.reactiveElementPolyfillSupport,I=(i,e)=>i,be={toAttribute(i,e){switch(e){case Boolean:i=i?Ut:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,e){let t=i;switch(e){case Boolean:t=i!==null;break;case Number:t=i===null?null:Number(i);break;case Object:case Array:try{t=JSON.parse(i)}catch{t=null}}return t}},Ye=(i,e)=>!Ct(i,e),Xe={attribute:!0,type:String,converter:be,reflect:!1,useDefault:!1,hasChanged:Ye};Symbol.metadata??=Symbol("metadata"),Q.litPropertyMetadata??=new WeakMap;var w=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=Xe){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(e,s,t);r!==void 0&&Mt(this.prototype,e,r)}}static getPropertyDescriptor(e,t,s){let{get:r,set:n}=Pt(this.prototype,e)??{get(){return this[t]},set(a){this[t]=a}};return{get:r,set(a){let c=r?.call(this);n?.call(this,a),this.requestUpdate(e,c,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Xe}static _$Ei(){if(this.hasOwnProperty(I("elementProperties")))return;let e=Ht(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(I("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(I("properties"))){let t=this.properties,s=[...Lt(t),...Ot(t)];for(let r of s)this.createProperty(r,t[r])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[s,r]of t)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[t,s]of this.elementProperties){let r=this._$Eu(t,s);r!==void 0&&this._$Eh.set(r,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let s=new Set(e.flat(1/0).reverse());for(let r of s)t.unshift(fe(r))}else e!==void 0&&t.push(fe(e));return t}static _$Eu(e,t){let s=t.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let s of t.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Ke(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,s){this._$AK(e,s)}_$ET(e,t){let s=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,s);if(r!==void 0&&s.reflect===!0){let n=(s.converter?.toAttribute!==void 0?s.converter:be).toAttribute(t,s.type);this._$Em=e,n==null?this.removeAttribute(r):this.setAttribute(r,n),this._$Em=null}}_$AK(e,t){let s=this.constructor,r=s._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let n=s.getPropertyOptions(r),a=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:be;this._$Em=r;let c=a.fromAttribute(t,n.type);this[r]=c??this._$Ej?.get(r)??c,this._$Em=null}}requestUpdate(e,t,s,r=!1,n){if(e!==void 0){let a=this.constructor;if(r===!1&&(n=this[e]),s??=a.getPropertyOptions(e),!((s.hasChanged??Ye)(n,t)||s.useDefault&&s.reflect&&n===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,s))))return;this.C(e,t,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:s,reflect:r,wrapped:n},a){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),n!==!0||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(t=void 0),this._$AL.set(e,t)),r===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,n]of this._$Ep)this[r]=n;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,n]of s){let{wrapped:a}=n,c=this[r];a!==!0||this._$AL.has(r)||c===void 0||this.C(r,void 0,n,c)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(t)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};w.elementStyles=[],w.shadowRootOptions={mode:"open"},w[I("elementProperties")]=new Map,w[I("finalized")]=new Map,Dt?.({ReactiveElement:w}),(Q.reactiveElementVersions??=[]).push("2.1.2");var ke=globalThis,Ze=i=>i,ee=ke.trustedTypes,Qe=ee?ee.createPolicy("lit-html",{createHTML:i=>i}):void 0,nt="$lit$",S=`lit$${Math.random().toFixed(9).slice(2)}$`,ot="?"+S,It=`<${ot}>`,T=document,z=()=>T.createComment(""),q=i=>i===null||typeof i!="object"&&typeof i!="function",Se=Array.isArray,Nt=i=>Se(i)||typeof i?.[Symbol.iterator]=="function",ve=`[ 	
\f\r]`,N=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,et=/-->/g,tt=/>/g,E=RegExp(`>|${ve}(?:([^\\s"'>=/]+)(${ve}*=${ve}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),st=/'/g,it=/"/g,at=/^(?:script|style|textarea|title)$/i,Ae=i=>(e,...t)=>({_$litType$:i,strings:e,values:t}),l=Ae(1),y=Ae(2),hs=Ae(3),C=Symbol.for("lit-noChange"),d=Symbol.for("lit-nothing"),rt=new WeakMap,R=T.createTreeWalker(T,129);function lt(i,e){if(!Se(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return Qe!==void 0?Qe.createHTML(e):e}var zt=(i,e)=>{let t=i.length-1,s=[],r,n=e===2?"<svg>":e===3?"<math>":"",a=N;for(let c=0;c<t;c++){let p=i[c],h,u,m=-1,g=0;for(;g<p.length&&(a.lastIndex=g,u=a.exec(p),u!==null);)g=a.lastIndex,a===N?u[1]==="!--"?a=et:u[1]!==void 0?a=tt:u[2]!==void 0?(at.test(u[2])&&(r=RegExp("</"+u[2],"g")),a=E):u[3]!==void 0&&(a=E):a===E?u[0]===">"?(a=r??N,m=-1):u[1]===void 0?m=-2:(m=a.lastIndex-u[2].length,h=u[1],a=u[3]===void 0?E:u[3]==='"'?it:st):a===it||a===st?a=E:a===et||a===tt?a=N:(a=E,r=void 0);let x=a===E&&i[c+1].startsWith("/>")?" ":"";n+=a===N?p+It:m>=0?(s.push(h),p.slice(0,m)+nt+p.slice(m)+S+x):p+S+(m===-2?c:x)}return[lt(i,n+(i[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]},j=class i{constructor({strings:e,_$litType$:t},s){let r;this.parts=[];let n=0,a=0,c=e.length-1,p=this.parts,[h,u]=zt(e,t);if(this.el=i.createElement(h,s),R.currentNode=this.el.content,t===2||t===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(r=R.nextNode())!==null&&p.length<c;){if(r.nodeType===1){if(r.hasAttributes())for(let m of r.getAttributeNames())if(m.endsWith(nt)){let g=u[a++],x=r.getAttribute(m).split(S),X=/([.?@])?(.*)/.exec(g);p.push({type:1,index:n,name:X[2],strings:x,ctor:X[1]==="."?$e:X[1]==="?"?xe:X[1]==="@"?_e:P}),r.removeAttribute(m)}else m.startsWith(S)&&(p.push({type:6,index:n}),r.removeAttribute(m));if(at.test(r.tagName)){let m=r.textContent.split(S),g=m.length-1;if(g>0){r.textContent=ee?ee.emptyScript:"";for(let x=0;x<g;x++)r.append(m[x],z()),R.nextNode(),p.push({type:2,index:++n});r.append(m[g],z())}}}else if(r.nodeType===8)if(r.data===ot)p.push({type:2,index:n});else{let m=-1;for(;(m=r.data.indexOf(S,m+1))!==-1;)p.push({type:7,index:n}),m+=S.length-1}n++}}static createElement(e,t){let s=T.createElement("template");return s.innerHTML=e,s}};function M(i,e,t=i,s){if(e===C)return e;let r=s!==void 0?t._$Co?.[s]:t._$Cl,n=q(e)?void 0:e._$litDirective$;return r?.constructor!==n&&(r?._$AO?.(!1),n===void 0?r=void 0:(r=new n(i),r._$AT(i,t,s)),s!==void 0?(t._$Co??=[])[s]=r:t._$Cl=r),r!==void 0&&(e=M(i,r._$AS(i,e.values),r,s)),e}var ye=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:s}=this._$AD,r=(e?.creationScope??T).importNode(t,!0);R.currentNode=r;let n=R.nextNode(),a=0,c=0,p=s[0];for(;p!==void 0;){if(a===p.index){let h;p.type===2?h=new V(n,n.nextSibling,this,e):p.type===1?h=new p.ctor(n,p.name,p.strings,this,e):p.type===6&&(h=new we(n,this,e)),this._$AV.push(h),p=s[++c]}a!==p?.index&&(n=R.nextNode(),a++)}return R.currentNode=T,r}p(e){let t=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,t),t+=s.strings.length-2):s._$AI(e[t])),t++}},V=class i{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,s,r){this.type=2,this._$AH=d,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=M(this,e,t),q(e)?e===d||e==null||e===""?(this._$AH!==d&&this._$AR(),this._$AH=d):e!==this._$AH&&e!==C&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Nt(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==d&&q(this._$AH)?this._$AA.nextSibling.data=e:this.T(T.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:s}=e,r=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=j.createElement(lt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(t);else{let n=new ye(r,this),a=n.u(this.options);n.p(t),this.T(a),this._$AH=n}}_$AC(e){let t=rt.get(e.strings);return t===void 0&&rt.set(e.strings,t=new j(e)),t}k(e){Se(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,s,r=0;for(let n of e)r===t.length?t.push(s=new i(this.O(z()),this.O(z()),this,this.options)):s=t[r],s._$AI(n),r++;r<t.length&&(this._$AR(s&&s._$AB.nextSibling,r),t.length=r)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let s=Ze(e).nextSibling;Ze(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},P=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,s,r,n){this.type=1,this._$AH=d,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=n,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=d}_$AI(e,t=this,s,r){let n=this.strings,a=!1;if(n===void 0)e=M(this,e,t,0),a=!q(e)||e!==this._$AH&&e!==C,a&&(this._$AH=e);else{let c=e,p,h;for(e=n[0],p=0;p<n.length-1;p++)h=M(this,c[s+p],t,p),h===C&&(h=this._$AH[p]),a||=!q(h)||h!==this._$AH[p],h===d?e=d:e!==d&&(e+=(h??"")+n[p+1]),this._$AH[p]=h}a&&!r&&this.j(e)}j(e){e===d?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},$e=class extends P{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===d?void 0:e}},xe=class extends P{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==d)}},_e=class extends P{constructor(e,t,s,r,n){super(e,t,s,r,n),this.type=5}_$AI(e,t=this){if((e=M(this,e,t,0)??d)===C)return;let s=this._$AH,r=e===d&&s!==d||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,n=e!==d&&(s===d||r);r&&this.element.removeEventListener(this.name,this,s),n&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},we=class{constructor(e,t,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){M(this,e)}};var qt=ke.litHtmlPolyfillSupport;qt?.(j,V),(ke.litHtmlVersions??=[]).push("3.3.3");var ct=(i,e,t)=>{let s=t?.renderBefore??e,r=s._$litPart$;if(r===void 0){let n=t?.renderBefore??null;s._$litPart$=r=new V(e.insertBefore(z(),n),n,void 0,t??{})}return r._$AI(i),r};var Ee=globalThis,v=class extends w{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=ct(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return C}};v._$litElement$=!0,v.finalized=!0,Ee.litElementHydrateSupport?.({LitElement:v});var jt=Ee.litElementPolyfillSupport;jt?.({LitElement:v});(Ee.litElementVersions??=[]).push("4.2.2");var dt=new URL(import.meta.url),Re=new Map,B=3,pt=1;function ht(i){let e=new URL(`figures/${i}.svg${dt.search}`,dt).href,t=Re.get(e);return t||(t=fetch(e).then(s=>s.ok?s.text():"").catch(()=>(Re.delete(e),"")),Re.set(e,t)),t}function ut(i){for(let e of i)ht(e)}var Te=class extends HTMLElement{constructor(){super(...arguments);this.drawing=null;this.time=B}static{this.observedAttributes=["exercise","still","mirrored"]}connectedCallback(){this.setAttribute("aria-hidden","true")}async attributeChangedCallback(){let t=this.getAttribute("exercise");if(!t)return;let s=this.hasAttribute("still")?`${t}.still`:t,r=await ht(s);if(this.getAttribute("exercise")!==t)return;let n=this.shadowRoot??this.attachShadow({mode:"open"}),a=new DOMParser().parseFromString(r,"image/svg+xml").documentElement,c=document.createElement("style");c.textContent=`:host{display:block}svg{display:block;width:100%;height:100%}
      :host([mirrored]) svg{transform:scaleX(-1)}`,n.replaceChildren(c),a.localName==="svg"&&(n.append(a),this.drawing=a,this.drawing.pauseAnimations?.(),this.seek(this.time))}seek(t){this.time=t,this.drawing?.setCurrentTime?.(t)}show(t,s){t==="out"?this.seek(B*s):t==="pause"?this.seek(B+pt/2):this.seek(B+pt+B*s)}};customElements.get("pht-rehab-figure")||customElements.define("pht-rehab-figure",Te);var mt="pht_rehab.session",Ce="pht_rehab.outbox";function Me(i,e){try{return JSON.parse(localStorage.getItem(i)??"null")??e}catch{return e}}function te(i,e){try{e===null?localStorage.removeItem(i):localStorage.setItem(i,JSON.stringify(e))}catch{}}function se(i){te(mt,i)}function gt(i,e,t=Date.now()){let s=Me(mt,null);return s&&s.entryId===i&&s.date===e&&t-s.savedAt<432e5?s:void 0}function F(i){return Me(Ce,[]).filter(e=>!i||e.entryId===i)}function ie(i){let e=i.data.session_id;te(Ce,[...F().filter(t=>t.data.session_id!==e),i])}function L(i){let e=i.data.session_id,t=F().filter(s=>s.data.session_id!==e);te(Ce,t.length?t:null)}function ft(i){let e=`pht_rehab.told.${i}`,t=Me(e,!1);return te(e,!0),!t}function bt(){let i=crypto.getRandomValues(new Uint8Array(16));return Array.from(i,e=>e.toString(16).padStart(2,"0")).join("")}var Vt=new Set(["service_validation_error","unauthorized","invalid_format"]);function re(i){let e=i?.code;return typeof e=="string"&&Vt.has(e)}var Bt={close:"M19 6.4 17.6 5 12 10.6 6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12z",play:"M8 5v14l11-7z",check:"M9 16.2 4.8 12l-1.4 1.4L9 19 21 7l-1.4-1.4z",dash:"M5 11h14v2H5z",open:"M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12z"};function G(i){return y`<svg viewBox="0 0 24 24" width="24" height="24" fill="currentColor"
    aria-hidden="true"><path d=${Bt[i]}></path></svg>`}var Pe=class{constructor(e,t){this.entryId=e;this.hass=t;this.listeners=new Set;this.opening=!1;this.watching=!1}listen(e){return this.listeners.add(e),clearTimeout(this.timer),this.open(),()=>{this.listeners.delete(e),this.listeners.size||(this.timer=setTimeout(()=>this.close(),1e4))}}async open(){if(this.opening||this.unsubscribe)return;this.opening=!0;let e=this.hass();this.watch(e);try{this.unsubscribe=await e.connection.subscribeMessage(t=>this.told(t),{type:"pht_rehab/subscribe",config_entry_id:this.entryId,language:e.locale?.language??e.language},{resubscribe:!1})}catch(t){this.failed(t.code)}finally{this.opening=!1}}watch(e){this.watching||(this.watching=!0,e.connection.addEventListener("ready",()=>{this.unsubscribe=void 0,this.listeners.size&&this.open()}))}told(e){if(e===null){this.close(),this.again();return}this.model=e,this.failure=void 0,this.tell()}failed(e){this.failure=e==="unauthorized"?"unauthorized":typeof e=="string"?"not_found":"lost",this.tell(),this.failure!=="unauthorized"&&this.again()}again(){clearTimeout(this.timer),this.timer=setTimeout(()=>{this.listeners.size&&this.open()},3e3)}close(){let e=this.unsubscribe;this.unsubscribe=void 0,e?.().catch(()=>{})}tell(){for(let e of this.listeners)e()}async act(e,t={}){return(await this.hass().callService("pht_rehab",e,{config_entry_id:this.entryId,...t},void 0,!1,!0)).response}async tick(e,t){let{entities:s,devices:r}=this.hass(),n=Object.values(s).find(a=>a.platform==="pht_rehab"&&a.entity_id.startsWith("todo.")&&r[a.device_id??""]?.primary_config_entry===this.entryId);!n||!this.model||await this.hass().callService("todo","update_item",{item:`${this.model.today}:${e}`,status:t?"completed":"needs_action"},{entity_id:n.entity_id},!1)}async log(e,t){return(await this.act("get_log",{start_date:e,end_date:t})).entries}async note(e,t){await this.hass().callWS({type:"pht_rehab/note",config_entry_id:this.entryId,log_id:e,text:t})}},vt=new Map;function Ft(){return document.querySelector("home-assistant").hass}function k(i){let e=vt.get(i);return e||(e=new Pe(i,Ft),vt.set(i,e)),e}var yt="component.pht_rehab.common.card_",Le,O="en",ne;function oe(i){let e=i.locale?.language??i.language??"en";return ne&&e===O||(O=e,ne=i.loadBackendTranslation("common","pht_rehab").then(t=>{Le=t})),ne}function o(i,e){return Le?.(yt+i,e)||i}function H(i,e,t={}){let s=`${i}_${new Intl.PluralRules(O).select(e)}`,r={...t,count:e};return Le?.(yt+s,r)||o(`${i}_other`,r)}function $(i,e="long"){let[t,s,r]=i.slice(0,10).split("-").map(Number);return new Intl.DateTimeFormat(O,{weekday:e==="long"?"long":"short",day:"numeric",month:e==="long"?"long":"short",timeZone:"UTC"}).format(Date.UTC(t,s-1,r,12))}function W(i){return new Intl.NumberFormat(O).format(i)}function $t(){return O}var A=b`
  :host {
    display: block;
    --acc: var(--primary-color, #0288d1);
    --bg: var(--ha-card-background, var(--card-background-color, #fff));
    --tx: var(--primary-text-color, #212121);
    --tx2: var(--secondary-text-color, #5f6368);
    --ln: var(--divider-color, #e0e0e0);
    --ok: var(--success-color, #43a047);
    --warn: var(--warning-color, #ffa600);
    --bad: var(--error-color, #db4437);
    --on-acc: var(--text-primary-color, #fff);
    --strong: color-mix(in srgb, var(--acc) 72%, #000);
    --pht-body: color-mix(in srgb, var(--tx) 82%, var(--acc));
    --pht-far: color-mix(in srgb, var(--tx) 38%, var(--bg));
    --pht-leg: var(--acc);
    --pht-muscle: #ff6f4a;
    --pht-prop: color-mix(in srgb, var(--tx) 26%, var(--bg));
    --pht-weight: color-mix(in srgb, var(--tx) 80%, var(--bg));
    --pht-ground: color-mix(in srgb, var(--tx) 26%, var(--bg));
    --pht-halo: var(--bg);
    color: var(--tx);
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: 1.25rem;
    font-weight: 500;
  }
  h3 {
    font-size: 1rem;
    font-weight: 500;
  }
  button {
    font: inherit;
    cursor: pointer;
    border: 0;
    border-radius: 24px;
    min-height: 44px;
    min-width: 44px;
    padding: 6px 18px;
    color: inherit;
    background: none;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :is(button, input, textarea, select, summary, [tabindex]):focus-visible {
    outline: 3px solid var(--acc);
    outline-offset: 2px;
  }
  .primary {
    background: var(--strong);
    color: #fff;
    font-weight: 500;
  }
  .ghost {
    border: 1px solid color-mix(in srgb, var(--tx) 30%, var(--bg));
  }
  .link {
    color: var(--tx);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .quiet {
    color: var(--tx2);
  }
  .small {
    font-size: 0.875rem;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .stack {
    display: grid;
    gap: 12px;
  }
  .stack > * {
    min-width: 0;
  }
  .banner {
    border-radius: 12px;
    padding: 12px;
    display: grid;
    gap: 8px;
    background: color-mix(in srgb, var(--acc) 12%, transparent);
  }
  .banner.bad {
    background: color-mix(in srgb, var(--bad) 14%, transparent);
  }
  .banner.warn {
    background: color-mix(in srgb, var(--warn) 18%, transparent);
  }
  .banner.ok {
    background: color-mix(in srgb, var(--ok) 14%, transparent);
  }
  summary {
    list-style: none;
    min-height: 44px;
    display: flex;
    align-items: center;
    gap: 8px;
    cursor: pointer;
    border-radius: 8px;
  }
  summary::before {
    content: "";
    width: 8px;
    height: 8px;
    flex: none;
    margin: 0 6px;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: rotate(45deg) translate(-2px, -2px);
  }
  [open] > summary::before {
    transform: rotate(-135deg) translate(-2px, -2px);
  }
  label,
  fieldset {
    display: grid;
    gap: 6px;
    border: 0;
    padding: 0;
    margin: 0;
    min-width: 0;
  }
  input[type="number"],
  input[type="date"],
  textarea {
    font: inherit;
    color: inherit;
    background: color-mix(in srgb, var(--tx) 5%, var(--bg));
    border: 1px solid color-mix(in srgb, var(--tx) 45%, var(--bg));
    border-radius: 8px;
    min-height: 44px;
    padding: 8px 12px;
    width: 100%;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 44px;
    cursor: pointer;
  }
  .check input {
    width: 22px;
    height: 22px;
    flex: none;
    accent-color: var(--acc);
  }
`;var ae="pht-rehab-closed",f=class extends v{constructor(){super();this.entryId="";this.popped=()=>this.close(!0);this.busy=!1,this.problem=""}static{this.properties={busy:{state:!0},problem:{state:!0}}}get programme(){return k(this.entryId)}get model(){return this.programme.model}static show(t,s,r={}){for(let a of document.querySelectorAll("[data-pht-rehab]"))a.close();let n=document.createElement(t);return n.dataset.phtRehab="",n.entryId=s,Object.assign(n,r),document.body.append(n),n}connectedCallback(){super.connectedCallback(),this.end=this.programme.listen(()=>this.requestUpdate()),history.pushState({...history.state,pht_rehab:!0},""),window.addEventListener("popstate",this.popped),this.updateComplete.then(()=>this.dialog?.showModal())}disconnectedCallback(){super.disconnectedCallback(),this.end?.(),window.removeEventListener("popstate",this.popped)}get dialog(){return this.renderRoot.querySelector("dialog")}close(t=!1){window.removeEventListener("popstate",this.popped),this.dialog?.close(),this.remove(),window.dispatchEvent(new Event(ae)),!t&&history.state?.pht_rehab&&history.back()}async attempt(t){this.busy=!0,this.problem="";try{await t()}catch(s){let r=s.message;this.problem=r||o("failed")}finally{this.busy=!1}}render(){return l`<dialog
      aria-labelledby="title"
      @cancel=${t=>{t.preventDefault(),this.close()}}
    >
      <header class="row">
        <h2 id="title" tabindex="-1" autofocus>${this.heading()}</h2>
        <button type="button" class="icon" aria-label=${o("close")} @click=${()=>this.close()}>
          ${G("close")}
        </button>
      </header>
      ${this.content()}
      ${this.problem?l`<p class="banner bad" role="alert">${this.problem}</p>`:""}
    </dialog>`}static{this.styles=[A,b`
      dialog {
        border: 0;
        padding: 16px;
        width: min(520px, 100vw);
        max-width: none;
        max-height: min(860px, 100dvh);
        border-radius: 24px;
        background: var(--bg);
        color: var(--tx);
        overflow: auto;
        overscroll-behavior: contain;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 55%);
      }
      header {
        justify-content: space-between;
        align-items: start;
      }
      h2:focus {
        outline: none;
      }
      .icon {
        padding: 0;
        flex: none;
      }
      form {
        display: grid;
        gap: 16px;
      }
      footer {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: 1fr;
        gap: 10px;
      }
      @media (max-width: 520px) {
        dialog {
          width: 100vw;
          height: 100dvh;
          max-height: none;
          border-radius: 0;
          padding: max(16px, env(safe-area-inset-top)) 16px max(16px, env(safe-area-inset-bottom));
        }
      }
    `]}};var Oe=class extends v{static{this.properties={label:{},value:{type:Number},max:{type:Number},kind:{}}}constructor(){super(),this.label="",this.value=null,this.max=10,this.kind="pain"}choose(e,t=!1){this.value=e,this.dispatchEvent(new CustomEvent("score",{detail:e})),t&&this.updateComplete.then(()=>this.button(e)?.focus())}button(e){return this.renderRoot.querySelector(`[data-score="${e}"]`)}key(e){let t=getComputedStyle(this).direction==="rtl",r={ArrowRight:t?-1:1,ArrowLeft:t?1:-1,ArrowUp:1,ArrowDown:-1}[e.key];if(r===void 0)return;e.preventDefault();let n=this.value===null?r>0?-1:1:Math.round(this.value);this.choose(Math.min(this.max,Math.max(0,n+r)),!0)}updated(e){e.has("value")&&this.toggleAttribute("given",this.value!==null)}render(){let e=this.value===null?-1:Math.round(this.value);return l`<div role="radiogroup" aria-label=${this.label} @keydown=${this.key}>
        ${Array.from({length:this.max+1},(t,s)=>l`<button
            type="button"
            role="radio"
            data-score=${s}
            aria-checked=${s===e}
            tabindex=${s===Math.max(0,e)?0:-1}
            style="--share:${100*s/this.max}%"
            @click=${()=>this.choose(s)}
          >
            ${s}
          </button>`)}
      </div>
      <div class="ends small quiet" aria-hidden="true">
        <span>0 ${o(`least_${this.kind}`)}</span><span>${this.max} ${o(`most_${this.kind}`)}</span>
      </div>`}static{this.styles=[A,b`
      div[role] {
        display: grid;
        grid-template-columns: repeat(6, minmax(44px, 1fr));
        gap: 6px;
      }
      button {
        --hue: color-mix(in oklab, var(--bad) var(--share), var(--ok));
        border-radius: 12px;
        padding: 0;
        min-height: 48px;
        font-weight: 500;
        background: color-mix(in srgb, var(--hue) 20%, transparent);
        border: 2px solid transparent;
      }
      button[aria-checked="true"] {
        border-color: var(--tx);
        background: color-mix(in srgb, var(--hue) 55%, var(--bg));
      }
      .ends {
        display: flex;
        justify-content: space-between;
        margin-top: 4px;
      }
    `]}};customElements.get("pht-rehab-score")||customElements.define("pht-rehab-score",Oe);function U(i,e){customElements.get(i)||customElements.define(i,e)}var _=class extends f{static{this.properties={...f.properties,values:{state:!0},answer:{state:!0}}}static{this.styles=[...f.styles,b`
      pht-rehab-figure {
        height: 150px;
      }
      details > .stack {
        padding-top: 8px;
      }
    `]}constructor(){super(),this.values={}}set(e,t){this.values={...this.values,[e]:t}}score(e,t){return l`<fieldset>
      <legend>${t}</legend>
      <pht-rehab-score
        kind=${e==="effort"?"effort":"pain"}
        .label=${t}
        .max=${this.model?.limits.score_max??10}
        .value=${this.values[e]??null}
        @score=${s=>this.set(e,s.detail)}
      ></pht-rehab-score>
    </fieldset>`}amount(e,t){return l`<label
      >${t}
      <input
        type="number"
        inputmode="decimal"
        min="0"
        step="any"
        .value=${String(this.values[e]??"")}
        @input=${s=>{let r=s.target.valueAsNumber;this.set(e,Number.isNaN(r)?void 0:r)}}
      />
    </label>`}flag(e,t){return l`<label class="check"
      ><input
        type="checkbox"
        .checked=${this.values[e]===!0}
        @change=${s=>this.set(e,s.target.checked)}
      />${t}</label
    >`}words(e,t){return l`<label
      >${t}
      <textarea
        rows="3"
        .value=${String(this.values[e]??"")}
        @input=${s=>this.set(e,s.target.value)}
      ></textarea>
    </label>`}figure(e){return e?l`<pht-rehab-figure
      still
      exercise=${e}
      ?mirrored=${this.model?.side==="left"}
    ></pht-rehab-figure>`:d}buttons(e,t,s){return l`<footer>
      <button type="button" class="ghost" @click=${()=>this.close()}>${o("cancel")}</button>
      <button
        type="button"
        class="primary"
        ?disabled=${this.busy||!t}
        @click=${()=>this.attempt(s)}
      >
        ${e}
      </button>
    </footer>`}outcome(){let{answer:e,model:t}=this;return l`<div class="banner ok" role="status">
        <h3>${o("saved")}</h3>
        ${t?.dose_step?l`<p>${o("now_at",{stage:t.stage_name,step:t.dose_step})}</p>`:d}
        ${e?.reasons.map(s=>l`<p>${s.text}</p>`)}
      </div>
      <footer>
        <button type="button" class="primary" @click=${()=>this.close()}>${o("done")}</button>
      </footer>`}content(){return this.answer?this.outcome():this.form()}},He=class extends _{heading(){return o("morning_check")}form(){let e=this.model?.morning_check;if(!e)return l``;let{pain:t}=this.values;return l`<div class="stack">
      <p>${o("morning_do",{test:e.name})}</p>
      ${this.figure(e.figure)}
      <p class="small quiet">${e.how_to}</p>
      ${this.score("pain",o("morning_pain"))}
      ${e.ask_pain_after?this.score("pain_after",o("pain_after",{day:$(e.ask_pain_after)})):d}
      <details>
        <summary>${o("more_details")}</summary>
        <div class="stack">
          ${this.score("rest_pain",o("rest_pain"))}
          ${this.amount("sitting_minutes",o("sitting_minutes"))}
          ${this.flag("night_waking",o("night_waking"))}
          ${this.flag("painkiller",o("painkiller"))}
        </div>
      </details>
      ${this.buttons(o("save"),t!==void 0,async()=>{this.answer=await this.programme.act("log_morning_check",this.values)})}
    </div>`}};U("pht-rehab-morning",He);var Ue=class extends _{static{this.properties={..._.properties,test:{state:!0}}}heading(){return this.test?.name??o("tests")}form(){let{test:e,values:t}=this;if(!e)return this.list();let s=t.value!==void 0||t.pain!==void 0;return l`<div class="stack">
      ${this.figure(e.figure)}
      <p class="small quiet">${e.how_to}</p>
      ${e.unit?this.amount("value",o(`test_${e.unit}`)):d}
      ${e.unit&&e.sided?this.amount("other_side",o("other_side")):d}
      ${this.score("pain",o("test_pain"))}
      ${this.buttons(o("save"),s,async()=>{this.answer=await this.programme.act("log_test",{test:e.id,...t})})}
    </div>`}list(){let e=[...this.model?.tests??[]],t=s=>s.due?0:s.asked?1:2;return e.sort((s,r)=>t(s)-t(r)),l`<div class="stack">
      <p class="quiet">${o("tests_help")}</p>
      ${e.map(s=>l`<button type="button" class="ghost" @click=${()=>this.test=s}>
          ${s.name}${s.due?l` · ${o("due_today")}`:d}
          ${s.last?l`<span class="small quiet"
                >${o("last_result",{day:$(s.last.date,"short"),value:s.last.value??"\u2013"})}</span
              >`:d}
        </button>`)}
    </div>`}};U("pht-rehab-tests",Ue);var De=class extends _{heading(){return o("feels_wrong")}chosen(){return Object.keys(this.values).filter(e=>this.values[e])}form(){let e=this.model?.symptoms??[],t=e.filter(s=>this.values[s.id]);return l`<div class="stack">
      <p>${o("symptoms_help")}</p>
      ${e.map(s=>this.flag(s.id,s.text))}
      ${t.some(s=>s.emergency)?l`<p class="banner bad" role="alert">${o("emergency")}</p>`:d}
      ${t.some(s=>s.withholds)?l`<p class="banner warn">${o("will_hold")}</p>`:d}
      ${this.buttons(t.length?o("report"):o("none_apply"),!0,async()=>{this.answer=await this.programme.act("report_symptoms",{symptoms:this.chosen()})})}
    </div>`}};U("pht-rehab-symptoms",De);var Ie=class extends _{heading(){return o("move_on_to",{stage:this.model?.next_stage_name??""})}form(){return l`<div class="stack">
      <p>${o("move_on_help")}</p>
      <ul class="stack">
        ${this.model?.criteria.map(e=>l`<li>${e.text}</li>`)}
      </ul>
      ${this.buttons(o("move_on"),this.model?.ready??!1,async()=>{this.answer=await this.programme.act("progress")})}
    </div>`}};U("pht-rehab-confirm",Ie);var Ne=class extends _{heading(){return o("unlock")}form(){let e=String(this.values.reason??"").trim();return l`<div class="stack">
      <p>${o("unlock_help")}</p>
      ${this.words("reason",o("unlock_reason"))}
      ${this.buttons(o("unlock"),e!=="",async()=>{this.answer=await this.programme.act("unlock",{reason:e})})}
    </div>`}};U("pht-rehab-unlock",Ne);var ze=class extends _{static{this.properties={..._.properties,entry:{state:!0}}}heading(){return this.entry?`${o(`entry_${this.entry.kind}`)}, ${$(this.entry.date)}`:""}connectedCallback(){super.connectedCallback(),this.values={...this.entry}}fields(){return this.entry?.kind==="session"?["log_session",["pain_during","pain_after","effort"],["exercises","completed","painkiller","cut_short","dose_step"]]:["log_morning_check",["pain","rest_pain","pain_after"],["sitting_minutes","night_waking","painkiller"]]}form(){let{entry:e}=this;if(!e)return l``;let t=e.kind==="session"||e.kind==="morning_check",[s,r,n]=this.fields();return l`<div class="stack">
      ${e.reasons?.map(a=>l`<p>${a.text}</p>`)}
      ${t?r.map(a=>this.score(a,o(`field_${a}`))):d}
      ${this.words("note",o("note"))}
      ${this.buttons(o("save"),!0,async()=>{let a=r.some(h=>this.values[h]!==e[h]),c=String(this.values.note??""),p=e.log_id;if(t&&a){let h={date:e.date};for(let m of[...r,...n]){let g=this.values[m];g!=null&&(h[m]=g)}let u=await this.programme.act(s,h);await this.programme.act("void_entry",{log_id:p}),p=u.log_id??p}(c!==(e.note??"")||p!==e.log_id)&&await this.programme.note(p,c),this.close()})}
      <button
        type="button"
        class="link"
        ?disabled=${this.busy}
        @click=${()=>this.attempt(async()=>{await this.programme.act("void_entry",{log_id:e.log_id}),this.close()})}
      >
        ${o("take_back")}
      </button>
    </div>`}};U("pht-rehab-entry",ze);var xt=i=>f.show("pht-rehab-morning",i),_t=(i,e)=>f.show("pht-rehab-tests",i,e?{test:e}:{}),le=i=>f.show("pht-rehab-symptoms",i),wt=i=>f.show("pht-rehab-confirm",i),kt=i=>f.show("pht-rehab-unlock",i),St=(i,e)=>f.show("pht-rehab-entry",i,{entry:e});var ce=340,de=140,K=16,qe=16,Gt=14,Wt=28,je=class extends v{static{this.properties={model:{attribute:!1},chosen:{state:!0},entries:{state:!0}}}constructor(){super(),this.chosen=null,this.entries=[]}updated(){if(!this.model||this.asked===this.model)return;this.asked=this.model;let e=this.model.trend,t=e[Math.max(0,e.length-Gt)]?.date??this.model.today,s=this.chosen===null?void 0:e[this.chosen]?.date;this.fetch(s&&s<t?s:t)}async fetch(e){if(this.model)try{this.entries=await k(this.model.entry_id).log(e,this.model.today)}catch{this.entries=[]}}choose(e){let t=this.model?.trend??[];this.chosen=Math.min(t.length-1,Math.max(0,e));let s=t[this.chosen]?.date;s&&!this.entries.some(r=>r.date<=s)&&this.fetch(s)}key(e){let t=(this.model?.trend.length??1)-1,s=this.chosen??t,r={ArrowRight:s+1,ArrowLeft:s-1,Home:0,End:t}[e.key];r!==void 0&&(e.preventDefault(),this.choose(r))}render(){let{model:e}=this;return e?l`<div class="stack">
      ${this.chart(e)} ${this.chosenDay(e)}
      ${e.adherence===null?d:l`<p class="small">${o("adherence",{share:e.adherence})}</p>`}
      ${this.sides(e)} ${this.log(e)}
    </div>`:d}describe(e){let t=[$(e.date),`${o("step",{step:e.step})}`];return e.morning!==void 0&&t.push(o("chart_morning",{pain:W(e.morning)})),e.during!==void 0&&t.push(o("chart_during",{pain:W(e.during)})),e.response&&t.push(o(`response_${e.response}`)),e.flare_up&&t.push(o("flare_up")),t.join(" \xB7 ")}chart(e){let t=e.trend,s=Math.max(t.length,Wt),r=(ce-K)/s,n=h=>K+r*(h+s-t.length+.5),a=h=>4+(de-qe-4)*(1-h/e.limits.score_max),c=this.chosen===null?void 0:t[this.chosen],p=h=>{let u=h.currentTarget.getBoundingClientRect(),m=(h.clientX-u.left)/u.width*ce-K;this.choose(Math.floor(m/r)-s+t.length)};return l`<div>
      <div class="legend small quiet" aria-hidden="true">
        <span class="m">${o("morning_check")}</span><span class="d">${o("pain_during")}</span
        ><span class="l">${o("load")}</span>
      </div>
      <div
        class="chart"
        dir="ltr"
        role="slider"
        tabindex="0"
        aria-label=${o("chart")}
        aria-valuemin="0"
        aria-valuemax=${Math.max(0,t.length-1)}
        aria-valuenow=${this.chosen??Math.max(0,t.length-1)}
        aria-valuetext=${this.describe(c??t[t.length-1])}
        @keydown=${this.key}
        @click=${p}
      >
        <svg viewBox="0 0 ${ce} ${de}" aria-hidden="true">
          ${this.ground(e,r,n,a)} ${this.lines(t,n,a)}
          ${c?y`<line class="chosen" x1=${n(this.chosen)} x2=${n(this.chosen)} y1="0"
                y2=${de-qe}></line>`:d}
        </svg>
      </div>
      <div class="ends small quiet" dir="ltr" aria-hidden="true">
        <span>${t[0]?$(t[0].date,"short"):""}</span><span>${o("today")}</span>
      </div>
    </div>`}ground(e,t,s,r){let n=e.trend,a=Math.max(1,...n.map(u=>u.load??0)),c=de-qe,{calm_max:p,score_max:h}=e.limits;return[y`<rect class="calm" x=${K} y=${r(p)} width=${ce-K}
        height=${c-r(p)}></rect>`,...[0,p,h].map(u=>y`<text x="0" y=${r(u)+3}>${u}</text>`),...n.map((u,m)=>{let g=n[m-1],x=(u.load??0)/a*(c-4)*.5;return y`
          ${u.flare_up?y`<rect class="flare" x=${s(m)-t/2} y="4" width=${t} height=${c-4}></rect>`:d}
          ${u.load?y`<rect class="load" x=${s(m)-t*.38} y=${c-x} width=${t*.76} height=${x} rx="1"></rect>`:d}
          ${g&&g.stage!==u.stage?y`<line class="stage" x1=${s(m)-t/2} x2=${s(m)-t/2} y1="4" y2=${c}></line>`:d}
          ${g&&g.stage===u.stage&&g.step!==u.step?y`<path class="step" d="M${s(m)} ${c+3}l3 6h-6z"></path>`:d}`})]}lines(e,t,s){let r=e.flatMap((n,a)=>n.morning===void 0?[]:[`${t(a).toFixed(1)},${s(n.morning).toFixed(1)}`]);return y`<polyline class="morning" points=${r.join(" ")}></polyline>
      ${e.map((n,a)=>n.during===void 0?d:y`<circle class="during" cx=${t(a)} cy=${s(n.during)} r="2.6"></circle>`)}`}chosenDay(e){let t=this.chosen===null?void 0:e.trend[this.chosen];if(!t)return l`<p class="small quiet">${o("chart_help")}</p>`;let s=this.entries.filter(r=>r.date===t.date&&!r.voided).flatMap(r=>r.reasons??[]);return l`<div class="banner" role="status">
      <p>${this.describe(t)}</p>
      ${s.map(r=>l`<p class="small">${r.text}</p>`)}
    </div>`}sides(e){let t=e.tests.filter(r=>r.sided&&r.last?.value!=null&&r.last.other_side!=null);if(!t.length)return d;let s=e.side==="left"?"right":"left";return l`<div class="stack">
      <h3>${o("sides")}</h3>
      ${t.map(r=>{let{value:n,other_side:a}=r.last,c=Math.max(n,a,1),p=(h,u)=>l`<div
          class="bar"
        >
          <span class="small">${o(`side_${h}`)}</span>
          <span class="track"><i style="width:${100*u/c}%"></i></span>
          <span class="small">${W(u)}</span>
        </div>`;return l`<div>
          <p class="small">${r.name} · ${$(r.last.date,"short")}</p>
          ${p(e.side,n)} ${p(s,a)}
        </div>`})}
    </div>`}log(e){let t=this.entries.filter(s=>!s.voided&&s.kind!=="void"&&s.kind!=="rules").toReversed();return l`<div class="stack tight">
      <h3>${o("log")}</h3>
      ${t.map(s=>this.entry(e,s))}
    </div>`}entry(e,t){let r=[...["pain","pain_during","pain_after","effort","value"].flatMap(c=>{let p=t[c];return typeof p=="number"?[`${o(`field_${c}`)} ${W(p)}`]:[]}),t.response?o(`response_${t.response}`):""].filter(Boolean).join(" \xB7 "),n=t.kind==="set_up"||t.kind==="options",a=l`<span class="when small quiet">${$(t.date,"short")}</span>
      <span class="what"
        ><strong>${o(`entry_${t.kind}`)}</strong> <span class="small">${r}</span>
        ${t.note?l`<span class="small quiet">${t.note}</span>`:d}</span
      >`;return n||!e.control?l`<div class="entry">${a}</div>`:l`<button
      type="button"
      class="entry"
      @click=${()=>St(e.entry_id,t)}
    >
      ${a}
    </button>`}static{this.styles=[A,b`
      .tight {
        gap: 2px;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
      }
      .legend span::before {
        content: "";
        display: inline-block;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        margin-inline-end: 5px;
        background: var(--bad);
      }
      .legend .m::before {
        height: 3px;
        border-radius: 2px;
        vertical-align: 3px;
        background: var(--acc);
      }
      .legend .l::before {
        border-radius: 2px;
        background: color-mix(in srgb, var(--acc) 35%, transparent);
      }
      .chart svg {
        display: block;
        width: 100%;
        height: auto;
        cursor: pointer;
      }
      .chart text {
        font-size: 9px;
        fill: var(--tx2);
      }
      .calm {
        fill: color-mix(in srgb, var(--ok) 14%, transparent);
      }
      .flare {
        fill: color-mix(in srgb, var(--bad) 16%, transparent);
      }
      .load {
        fill: color-mix(in srgb, var(--acc) 30%, transparent);
      }
      .stage {
        stroke: var(--tx2);
        stroke-dasharray: 2 2;
      }
      .step {
        fill: var(--tx2);
      }
      .morning {
        fill: none;
        stroke: var(--acc);
        stroke-width: 2;
        stroke-linejoin: round;
      }
      .during {
        fill: var(--bad);
      }
      .chosen {
        stroke: var(--tx);
        stroke-width: 1.5;
      }
      .ends {
        display: flex;
        justify-content: space-between;
      }
      .bar {
        display: grid;
        grid-template-columns: 5em 1fr 3em;
        gap: 8px;
        align-items: center;
      }
      .track {
        height: 10px;
        border-radius: 5px;
        background: var(--ln);
        overflow: hidden;
      }
      .track i {
        display: block;
        height: 100%;
        background: var(--acc);
      }
      .entry {
        display: flex;
        gap: 12px;
        align-items: baseline;
        text-align: start;
        width: 100%;
        border-radius: 8px;
        padding: 8px 4px;
        min-height: 44px;
      }
      .when {
        flex: none;
        width: 7em;
      }
      .what {
        min-width: 0;
        overflow-wrap: anywhere;
        display: grid;
      }
    `]}};customElements.get("pht-rehab-progress")||customElements.define("pht-rehab-progress",je);var pe=class{constructor(e){this.enabled=e}say(e){if(!this.enabled)return;let t=window.speechSynthesis;if(t?.getVoices().length){t.cancel();let s=new SpeechSynthesisUtterance(e);s.lang=$t(),t.speak(s)}else this.beep()}beep(e=880){if(this.enabled)try{this.audio??=new AudioContext;let{currentTime:t,destination:s}=this.audio,r=this.audio.createOscillator(),n=this.audio.createGain();r.frequency.value=e,n.gain.setValueAtTime(.12,t),n.gain.exponentialRampToValueAtTime(.001,t+.18),r.connect(n).connect(s),r.start(),r.stop(t+.2)}catch{}}buzz(){navigator.vibrate?.(60)}async stayAwake(){let e=navigator.wakeLock;if(!e)return!1;try{this.lock=await e.request("screen")}catch{}return!0}end(){this.lock?.release().catch(()=>{}),this.lock=void 0,window.speechSynthesis?.cancel(),this.audio?.close()}};var J=i=>i.act==="hold"||i.act==="reps"||i.act==="walk",he=class{constructor(e,t,s){this.steps=e;this.now=t;this.index=0;this.paused=!1;this.done=new Map;this.held=0;if(this.began=this.looked=t(),s&&s.index<=e.length){this.index=s.index;for(let[r,n]of Object.entries(s.done))this.done.set(Number(r),n);this.began-=s.elapsed,this.pause()}}get step(){return this.steps[this.index]}get finished(){return this.index>=this.steps.length}get elapsed(){return(this.paused?this.held:this.now())-this.began}get remaining(){let e=this.step?.seconds;return e===void 0?void 0:Math.max(0,e-this.elapsed/1e3)}get fraction(){let e=this.step?.seconds;return e?Math.min(1,this.elapsed/1e3/e):0}get rep(){let e=this.step;if(e?.act!=="reps"||!e.tempo||!e.reps)return;let[t,s,r]=e.tempo,n=t+s+r,a=Math.min(this.elapsed/1e3,e.reps*n-1e-6),c=Math.floor(a/n)+1,p=a%n;return p<t?{number:c,phase:"out",fraction:p/t}:p<t+s?{number:c,phase:"pause",fraction:(p-t)/s}:{number:c,phase:"back",fraction:(p-t-s)/r}}tick(){let e=this.now()-this.looked;if(this.looked=this.now(),this.paused||this.finished)return!1;if(e>6e4)return this.began+=e,this.pause(),!1;let t=!1;for(;!this.finished&&this.remaining===0;){let s=this.elapsed-this.step.seconds*1e3;this.complete(),this.began=this.now()-s,t=!0}return t}pause(){this.paused||(this.held=this.now(),this.paused=!0)}resume(){this.paused&&(this.began+=this.now()-this.held,this.looked=this.now(),this.paused=!1)}next(){this.finished||(this.complete(),this.restart())}back(){let e=this.index;if(this.finished||this.elapsed<2e3||!J(this.step)){for(e-=1;e>0&&!J(this.steps[e]);)e-=1;let s=this.steps[e];if(e<0||!s||!J(s))return;this.count(s,-1)}this.index=e,this.restart()}skipExercise(){let e=this.step?.exercise;for(;!this.finished&&this.step.exercise===e;)this.index+=1;this.restart()}save(){return{index:this.index,elapsed:this.elapsed,done:Object.fromEntries(this.done)}}complete(){let e=this.step;J(e)&&this.count(e,1),this.index+=1}count(e,t){let s=this.sides(e.exercise)===2?.5:1,r=(this.done.get(e.exercise)??0)+t*s;this.done.set(e.exercise,Math.max(0,r))}sides(e){let t=this.steps.filter(s=>s.exercise===e&&J(s));return new Set(t.map(s=>s.side)).size}restart(){this.began=this.held=this.now()}};function Kt(i){let e=Math.ceil(i);return e<60?String(e):`${Math.floor(e/60)}:${String(e%60).padStart(2,"0")}`}var Ve=class extends f{constructor(){super();this.exercises=[];this.steps=[];this.date="";this.voice=!0;this.limit=6;this.side="right";this.sessionId=bt();this.cutShort=!1;this.animation=0;this.counted=-1;this.saved=0;this.visible=()=>{document.visibilityState==="visible"?this.cues.stayAwake():this.keep()};this.loop=()=>{if(this.animation=requestAnimationFrame(this.loop),this.scene!=="play")return;if(this.playback.tick()&&this.entered(),this.playback.finished){this.scene="report";return}this.countDown(),this.move(),performance.now()-this.saved>2e3&&(this.saved=performance.now(),this.keep());let t=Math.ceil(this.playback.remaining??0)+1e3*this.playback.index;this.frame=t+(this.playback.rep?.number??0)*.001};this.scene="play",this.frame=0,this.pain=this.effort=this.hurt=null,this.awake=!0}static{this.properties={...f.properties,scene:{state:!0},frame:{state:!0},pain:{state:!0},effort:{state:!0},hurt:{state:!0},awake:{state:!0},answer:{state:!0}}}connectedCallback(){super.connectedCallback(),this.cues=new pe(this.voice),this.draft&&(this.sessionId=this.draft.sessionId,this.pain=this.draft.pain,this.cutShort=this.draft.cutShort),this.playback=new he(this.steps,()=>performance.now(),this.draft?.playback),ut(this.exercises.map(t=>t.id)),this.cues.stayAwake().then(t=>this.awake=t||!ft("screen")),document.addEventListener("visibilitychange",this.visible),this.announce(),this.loop()}disconnectedCallback(){super.disconnectedCallback(),cancelAnimationFrame(this.animation),document.removeEventListener("visibilitychange",this.visible),this.cues.end()}close(t=!1){this.scene!=="sent"&&this.scene!=="kept"&&this.keep(),super.close(t)}keep(){se({entryId:this.entryId,sessionId:this.sessionId,date:this.date,exercises:this.exercises,steps:this.steps,playback:this.playback.save(),pain:this.pain,cutShort:this.cutShort,savedAt:Date.now()})}entered(){this.cues.buzz(),this.announce()}announce(){let{step:t}=this.playback;if(!t)return;let s=this.exercises[t.exercise],r=[o(`act_${t.act}`)];t.act==="ready"&&s&&r.push(s.name),(t.side==="left"||t.side==="right")&&r.push(o(`side_${t.side}`)),this.cues.say(r.join(", "))}countDown(){let{remaining:t,paused:s,step:r}=this.playback;if(t===void 0||s||!r?.seconds||r.seconds<=4)return;let n=Math.ceil(t);n!==this.counted&&n>0&&n<=3&&this.cues.beep(n===1?1320:880),this.counted=n}move(){let{playback:t}=this;this.renderRoot.querySelector(".ring .now")?.style.setProperty("stroke-dashoffset",String(1-t.fraction));let r=this.renderRoot.querySelector("pht-rehab-figure");if(!r)return;let n=matchMedia("(prefers-reduced-motion: reduce)").matches,{rep:a,step:c}=t;n||c?.act==="hold"?r.show("pause",1):a?r.show(a.phase,a.fraction):r.show("out",0)}toggle(){this.playback.paused?this.playback.resume():this.playback.pause(),this.requestUpdate()}go(t){this.playback[t](),this.announce(),this.requestUpdate()}key(t){let s=t.composedPath()[0].localName;if(!(this.scene!=="play"||s==="button"&&t.key===" ")){if(t.key===" ")this.toggle();else if(t.key==="ArrowRight")this.go("next");else if(t.key==="ArrowLeft")this.go("back");else return;t.preventDefault()}}saysHurts(){this.playback.pause(),this.hurt=null,this.scene="hurts"}hurts(t){this.pain=Math.max(t,this.pain??0),t>=this.limit&&(this.cutShort=!0,this.playback.skipExercise()),this.scene=this.playback.finished?"report":"play",this.playback.resume(),this.keep()}result(){let t=this.exercises.flatMap((n,a)=>{let c=this.playback.done.get(a)??0;return c>0?[{id:n.id,sets:c,planned:n.sets}]:[]}),s=t.reduce((n,a)=>n+Math.min(a.sets,a.planned),0),r=t.reduce((n,a)=>n+a.planned,0);return{session_id:this.sessionId,date:this.date,exercises:t.map(n=>n.id),completed:r?Math.round(100*s/r):0,...this.cutShort?{cut_short:!0}:{},...this.pain!==null?{pain_during:this.pain}:{},...this.effort!==null?{effort:this.effort}:{}}}async send(){let t={entryId:this.entryId,data:this.result()};ie(t);try{this.answer=await this.programme.act("log_session",t.data),this.scene="sent"}catch(s){if(re(s))throw L(t),s;this.scene="kept",se(null);return}L(t),se(null)}heading(){let{step:t}=this.playback;return this.scene==="play"&&t?this.exercises[t.exercise]?.name??"":this.scene==="hurts"?o("hurts"):o("how_was_it")}content(){switch(this.scene){case"play":return this.playing();case"hurts":return this.hurting();case"report":return this.report();default:return this.ending()}}playing(){let{playback:t}=this,s=t.step??this.steps[0],r=this.exercises[s.exercise],{rep:n}=t,a=s.side==="left"||s.side==="right",c=s.act==="ready"||s.act==="rest"||s.act==="switch",p=n?String(n.number):Kt(t.remaining??0);return l`<div class="play" @keydown=${this.key}>
      <p class="quiet small">
        ${o("exercise_of",{number:s.exercise+1,count:this.exercises.length})} ·
        ${o("set_of",{number:s.set,count:r.sets})}
        ${a?l` · <strong>${o(`side_${s.side}`)}</strong>`:d}
      </p>
      <pht-rehab-figure
        exercise=${r.id}
        ?mirrored=${a?s.side==="left":this.side==="left"}
      ></pht-rehab-figure>
      <p class="small cue">${s.act==="ready"?r.how_to:r.cues}</p>
      <div class="ring ${s.act}" role="timer" aria-live="off">
        <svg viewBox="0 0 120 120" aria-hidden="true">
          <circle cx="60" cy="60" r="54" />
          <circle class="now" cx="60" cy="60" r="54" pathLength="1" />
        </svg>
        <div>
          <span class="small">${t.paused?o("paused"):this.act(s,n?.phase)}</span>
          <b>${s.act==="walk"?o("metres",{metres:s.metres??0}):p}</b>
          <span class="small">${n?o("of_reps",{count:s.reps??0}):""}</span>
        </div>
      </div>
      <p class="sr" aria-live="polite">${this.act(s)} ${a?o(`side_${s.side}`):""}</p>
      ${this.awake?d:l`<p class="small quiet">${o("screen_may_sleep")}</p>`}
      <footer>
        <button type="button" class="ghost" @click=${()=>this.go("back")}>${o("back")}</button>
        <button type="button" class="primary" @click=${this.toggle}>
          ${t.paused?o("resume"):o("pause")}
        </button>
        <button type="button" class="ghost" @click=${()=>this.go("next")}>
          ${c?o("go_now"):o("done")}
        </button>
      </footer>
      <footer>
        <button type="button" class="link" @click=${this.saysHurts}>${o("hurts")}</button>
        <button type="button" class="link" @click=${()=>this.go("skipExercise")}>
          ${o("skip_exercise")}
        </button>
      </footer>
    </div>`}act(t,s){return s?o(`phase_${s}`):o(`act_${t.act}`)}hurting(){return l`<div class="stack">
      <p>${o("hurts_help",{limit:this.limit})}</p>
      <pht-rehab-score
        .label=${o("pain_now")}
        .value=${this.hurt}
        @score=${t=>this.hurt=t.detail}
      ></pht-rehab-score>
      ${this.hurt!==null&&this.hurt>=this.limit?l`<p class="banner bad" role="alert">${o("hurts_stop")}</p>`:d}
      <footer>
        <button
          type="button"
          class="ghost"
          @click=${()=>{this.scene="play"}}
        >
          ${o("cancel")}
        </button>
        <button
          type="button"
          class="primary"
          ?disabled=${this.hurt===null}
          @click=${()=>this.hurts(this.hurt)}
        >
          ${o("go_on")}
        </button>
      </footer>
    </div>`}report(){let s=!this.result().exercises.length;return l`<div class="stack">
      <ul class="stack plain">
        ${this.exercises.map((r,n)=>{let a=this.playback.done.get(n)??0;return l`<li class="row">
            <span>${r.name}</span>
            <span class="quiet small">${H("sets_done",r.sets,{done:a})}</span>
          </li>`})}
      </ul>
      ${s?l`<p class="banner warn">${o("nothing_done")}</p>`:d}
      <fieldset>
        <legend>${o("pain_during")}</legend>
        <pht-rehab-score
          .label=${o("pain_during")}
          .value=${this.pain}
          @score=${r=>this.pain=r.detail}
        ></pht-rehab-score>
      </fieldset>
      <fieldset>
        <legend>${o("effort")}</legend>
        <pht-rehab-score
          kind="effort"
          .label=${o("effort")}
          .value=${this.effort}
          @score=${r=>this.effort=r.detail}
        ></pht-rehab-score>
      </fieldset>
      <label class="check"
        ><input
          type="checkbox"
          .checked=${this.cutShort}
          @change=${r=>this.cutShort=r.target.checked}
        />${o("cut_short")}</label
      >
      <footer>
        <button
          type="button"
          class="ghost"
          ?hidden=${this.playback.finished&&!this.steps.length}
          @click=${()=>{this.playback.back(),this.scene="play"}}
        >
          ${o("back")}
        </button>
        <button
          type="button"
          class="primary"
          ?disabled=${this.busy||s}
          @click=${()=>this.attempt(()=>this.send())}
        >
          ${o("save_session")}
        </button>
      </footer>
    </div>`}ending(){return l`<div class="stack">
      <div class="banner ok" role="status">
        <h3>${this.scene==="kept"?o("kept"):o("session_saved")}</h3>
        ${this.answer?.reasons.map(t=>l`<p>${t.text}</p>`)}
        ${this.answer?.next_session?l`<p>${o("next_session",{day:$(this.answer.next_session)})}</p>`:d}
      </div>
      <footer>
        <button type="button" class="primary" @click=${()=>this.close()}>${o("done")}</button>
      </footer>
    </div>`}static{this.styles=[...f.styles,b`
      .play {
        display: flex;
        flex-direction: column;
        gap: 12px;
        flex: 1 0 auto;
      }
      .play > pht-rehab-figure {
        flex: 1 0 160px;
        min-height: 120px;
        max-height: 320px;
      }
      .cue {
        min-height: 2.6em;
      }
      .ring {
        position: relative;
        width: 180px;
        margin: 0 auto;
      }
      .ring svg {
        display: block;
        transform: rotate(-90deg);
      }
      .ring circle {
        fill: none;
        stroke: var(--ln);
        stroke-width: 8;
      }
      .ring .now {
        stroke: var(--acc);
        stroke-dasharray: 1;
        stroke-linecap: round;
      }
      .ring:is(.rest, .switch) .now {
        stroke: var(--ok);
      }
      .ring.ready .now {
        stroke: var(--warn);
      }
      .ring div {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        text-align: center;
      }
      .ring b {
        font-size: 3.25rem;
        line-height: 1.1;
        font-weight: 500;
        font-variant-numeric: tabular-nums;
      }
      .plain {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      .plain .row {
        justify-content: space-between;
      }
      footer button {
        padding: 6px;
      }
      .play footer:not(footer ~ footer) {
        position: sticky;
        bottom: 0;
        background: var(--bg);
      }
    `]}};customElements.get("pht-rehab-player")||customElements.define("pht-rehab-player",Ve);function Be(i,e,t=!0){let{exercises:s}=i.session,r=s.filter(c=>e?c.id===e:!c.done),n=r.map(c=>s.indexOf(c)),a=i.session.steps.filter(c=>n.includes(c.exercise)).map(c=>({...c,exercise:n.indexOf(c.exercise)}));a.at(-1)?.act==="rest"&&a.pop(),f.show("pht-rehab-player",i.entry_id,{exercises:r,steps:a,date:i.today,limit:i.limits.stop_at,side:i.side,voice:t})}function At(i,e,t=!0){f.show("pht-rehab-player",i.entry_id,{exercises:e.exercises,steps:e.steps,date:e.date,limit:i.limits.stop_at,side:i.side,voice:t,draft:e})}function Fe(i,e){return l`<div class="stack">
    ${Jt(i)} ${Yt(i)} ${Zt(i,e)} ${ts(i,e)}
    ${e.compact?d:is(i)}
  </div>`}function Jt(i){let e=i.days_to_next_progression;return l`<div class="stack tight">
    <ol class="course" aria-label=${o("stages")}>
      ${i.course.map(t=>l`<li
          class=${t.state}
          aria-current=${t.state==="current"?"step":d}
        >
          <span>${t.name}</span
          >${t.state==="done"?l`<span class="sr">${o("done")}</span>`:d}
        </li>`)}
    </ol>
    ${Xt(i)}
    <p class="small quiet">
      ${o("step",{step:i.dose_step})}${e===null?d:l` · ${e?H("next_step_in",e):o("next_step_today")}`}
    </p>
  </div>`}function Xt(i){let e=i.criteria.filter(r=>r.met!==!0);if(!i.next_stage_name||!e.length||i.kind==="locked")return d;let[t,...s]=e;return l`<p class="small">
    ${o("waits",{stage:i.next_stage_name,first:t.text})}${s.length?l`, ${H("waits_more",s.length)}`:d}
  </p>`}function Yt(i){let e=i.reasons[0]?.text;return i.kind==="locked"?l`<div class="banner bad" role="alert">
      <h3>${o("locked")}</h3>
      ${i.emergency?l`<p>${o("emergency")}</p>`:d}
      ${i.reasons.slice(0,2).map(t=>l`<p>${t.text}</p>`)}
      <button type="button" class="ghost" @click=${()=>kt(i.entry_id)}>
        ${o("unlock")}
      </button>
    </div>`:i.kind==="paused"?l`<div class="banner"><p>${e}</p></div>`:i.flare_up?l`<div class="banner warn">
      <h3>${o("flare_up")}</h3>
      <p>${o("flare_up_help")}</p>
      <p>${e}</p>
    </div>`:l`${i.ask_again.length?l`<button type="button" class="ghost" @click=${()=>le(i.entry_id)}>
        ${o("ask_again")}
      </button>`:d}`}function Zt(i,{voice:e}){let{session:t}=i;return t.exercises.length?l`<ul class="list">
    ${t.exercises.map(s=>Qt(i,s,e))}
  </ul>`:es(i)}function Qt(i,e,t){let s=()=>{k(i.entry_id).tick(e.id,!e.done).catch(()=>{})};return l`<li class=${e.done?"done":""}>
    <button
      type="button"
      class="exercise"
      aria-label=${o("start_exercise",{name:e.name})}
      ?disabled=${!i.control}
      @click=${()=>Be(i,e.id,t)}
    >
      <pht-rehab-figure
        still
        exercise=${e.id}
        ?mirrored=${i.side==="left"}
      ></pht-rehab-figure>
      <span class="text"><strong>${e.name}</strong><span>${e.dose}</span></span>
    </button>
    <button
      type="button"
      class="tick"
      role="checkbox"
      aria-checked=${e.done}
      aria-label=${o("tick",{name:e.name})}
      ?disabled=${!i.control}
      @click=${s}
    >
      ${G(e.done?"check":"open")}
    </button>
  </li>`}function es(i){return i.kind==="locked"||i.kind==="paused"?d:l`<div class="banner">
    <h3>${o("rest_day")}</h3>
    <p>${o("rest_help")}</p>
    ${i.reasons[0]?l`<p>${i.reasons[0].text}</p>`:d}
    ${i.next_session?l`<p>${o("next_session",{day:$(i.next_session)})}</p>`:d}
  </div>`}function ts(i,{voice:e}){if(!i.control)return l`<p class="small quiet">${o("read_only")}</p>`;let{session:t,morning_check:s}=i,r=gt(i.entry_id,i.today),n=t.exercises.filter(h=>!h.done).length,a=[];if(r&&a.push({label:o("resume_session"),act:()=>At(i,r,e)}),s.open&&a.push({label:o("morning_check"),act:()=>xt(i.entry_id)}),i.ready&&a.push({label:o("move_on_to",{stage:i.next_stage_name??""}),act:()=>wt(i.entry_id)}),t.open&&n&&!r&&a.push({label:H("start_session",n,{minutes:t.minutes}),act:()=>Be(i,void 0,e)}),i.kind==="paused"){let h=()=>{k(i.entry_id).act("resume").catch(()=>{})};a.push({label:o("resume_programme"),act:h})}let[c,...p]=a;return c?l`${p.map(h=>l`<button type="button" class="ghost" @click=${h.act}>${h.label}</button>`)}
    <button type="button" class="primary next" @click=${c.act}>${c.label}</button>`:t.logged?l`<p class="all-done">${o("all_done")}</p>`:d}var ss={true:"check",false:"open",null:"dash"};function is(i){let e=i.criteria.filter(t=>t.met!==!0);return l`<details>
      <summary>
        ${i.next_stage_name?o("waits_for",{stage:i.next_stage_name,open:e.length,count:i.criteria.length}):o("why")}
      </summary>
      <div class="stack tight">
        ${i.reasons.map(t=>l`<p>${t.text}</p>`)}
        ${i.last_change?l`<p class="quiet">${i.last_change.text}</p>`:d}
        <ul class="criteria">
          ${i.criteria.map(rs)}
        </ul>
      </div>
    </details>
    ${i.tests.some(t=>t.due||t.asked)&&i.control?l`<button type="button" class="ghost" @click=${()=>_t(i.entry_id)}>
          ${o("tests")}${i.session.tests.length?l` · ${o("due_today")}`:d}
        </button>`:d}`}function rs(i){let e=String(i.met),t={true:"met",false:"not_met",null:"unknown"}[e];return l`<li class=${t}>
    ${G(ss[e])}<span>${i.text}</span><span class="sr">${o(t)}</span>
  </li>`}var Et=b`
  .tight {
    gap: 8px;
  }
  .course {
    display: flex;
    gap: 4px;
    list-style: none;
    margin: 0;
    padding: 0;
    font-size: clamp(0.65rem, 2.6vw, 0.75rem);
    color: var(--tx2);
  }
  .course li {
    flex: 1;
    min-width: 0;
    hyphens: auto;
    overflow-wrap: break-word;
    border-top: 8px solid var(--ln);
    border-radius: 4px;
    padding-top: 4px;
  }
  .course .done {
    border-color: var(--acc);
  }
  @container (max-width: 18rem) {
    .course li:not(.current) {
      font-size: 0; /* large text: only where one is has room for its name */
    }
  }
  .course .current {
    flex: 1.3;
    color: var(--tx);
    font-weight: 500;
    border-image: linear-gradient(to right, var(--acc) 50%, var(--ln) 50%) 1;
  }
  .list {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 8px;
    grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
  }
  .list li {
    display: flex;
    align-items: center;
    border: 1px solid var(--ln);
    border-radius: 12px;
  }
  .list li.done {
    background: color-mix(in srgb, var(--ok) 10%, transparent);
  }
  .exercise {
    flex: 1;
    min-width: 0;
    display: flex;
    align-items: center;
    gap: 12px;
    border-radius: 12px;
    padding: 4px 6px;
    text-align: start;
  }
  .exercise pht-rehab-figure {
    width: 84px;
    height: 56px;
    flex: none;
  }
  .done pht-rehab-figure {
    opacity: 0.55;
  }
  .text {
    display: flex;
    flex-direction: column;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .text span {
    color: var(--tx2);
    font-size: 0.875rem;
  }
  .tick {
    flex: none;
    width: 52px;
    padding: 0;
    color: var(--tx2);
  }
  .done .tick {
    color: color-mix(in srgb, var(--ok) 75%, var(--tx));
  }
  .next {
    position: sticky;
    bottom: max(8px, env(safe-area-inset-bottom));
    z-index: 1;
  }
  .all-done {
    text-align: center;
    font-weight: 500;
  }
  .criteria {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 6px;
    font-size: 0.875rem;
  }
  .criteria li {
    display: flex;
    gap: 8px;
    align-items: start;
    color: var(--tx2);
  }
  .criteria svg {
    flex: none;
    width: 20px;
    height: 20px;
  }
  .criteria .met svg {
    color: color-mix(in srgb, var(--ok) 75%, var(--tx));
  }
`;var ue=class extends v{constructor(){super();this.sending=!1;this.closed=()=>this.requestUpdate();this.view="today",this.worded=""}static{this.properties={hass:{attribute:!1},config:{state:!0},view:{state:!0},worded:{state:!0}}}setConfig(t){this.config=t,this.follow()}getCardSize(){return this.config?.compact?5:9}getGridOptions(){return{columns:12,min_columns:6,rows:"auto"}}static async getStubConfig(t){let{programmes:s}=await t.callWS({type:"pht_rehab/programmes"}),r=s[0]?.entry_id;return{...r?{programme:r}:{},voice:!0,compact:!1}}static getConfigForm(){return{schema:[{name:"programme",required:!0,selector:{config_entry:{integration:"pht_rehab"}}},{name:"title",selector:{text:{}}},{name:"voice",selector:{boolean:{}}},{name:"compact",selector:{boolean:{}}}],computeLabel:t=>o(`config_${t.name}`),computeHelper:t=>t.name==="voice"||t.name==="compact"?o(`config_${t.name}_help`):""}}connectedCallback(){super.connectedCallback(),window.addEventListener(ae,this.closed),this.follow()}disconnectedCallback(){super.disconnectedCallback(),this.end?.(),this.end=this.source=void 0,window.removeEventListener(ae,this.closed)}follow(){let t=this.config?.programme;!this.isConnected||this.source?.entryId===t||(this.end?.(),this.source=t?k(t):void 0,this.end=this.source?.listen(()=>{this.requestUpdate(),this.sendKept()}))}async sendKept(){if(!(this.sending||!this.source?.model||this.source.failure)){this.sending=!0;for(let t of F(this.source.entryId))if(!t.problem)try{await this.source.act("log_session",t.data),L(t)}catch(s){let r=s.message;re(s)&&ie({...t,problem:r??o("failed")})}this.sending=!1,this.requestUpdate()}}shouldUpdate(t){if(!t.has("hass")||!this.hass)return!0;let s=this.hass.locale?.language??this.hass.language;return s!==this.worded&&oe(this.hass).then(()=>this.worded=s),t.size>1||!t.get("hass")}render(){return!this.config||!this.worded?l`<ha-card></ha-card>`:l`<ha-card>${this.body()}</ha-card>`}body(){let{source:t}=this,s=t?.model;if(!t)return l`<p>${o("choose_programme")}</p>`;if(!s)return l`<p role="status">${o(t.failure??"loading")}</p>`;let r=n=>l`<button
      type="button"
      role="tab"
      id="tab-${n}"
      aria-controls="panel"
      aria-selected=${this.view===n}
      tabindex=${this.view===n?0:-1}
      @click=${()=>this.view=n}
    >
      ${o(n)}
    </button>`;return l`<header>
        <h2>${this.config?.title||s.name}</h2>
        ${this.config?.compact?d:l`<div role="tablist" aria-label=${o("views")} @keydown=${this.key}>
              ${r("today")}${r("progress")}
            </div>`}
      </header>
      ${F(s.entry_id).map(n=>this.kept(n))}
      ${this.config?.compact?Fe(s,this.options):l`<div role="tabpanel" id="panel" aria-labelledby="tab-${this.view}">
            ${this.view==="today"?Fe(s,this.options):l`<pht-rehab-progress .model=${s}></pht-rehab-progress>`}
          </div>`}
      ${s.control?l`<button type="button" class="link wrong" @click=${()=>le(s.entry_id)}>
            ${o("feels_wrong")}
          </button>`:d}`}kept(t){if(!t.problem)return l`<p class="banner warn" role="status">${o("waiting")}</p>`;let s=()=>{L(t),this.requestUpdate()};return l`<div class="banner bad" role="status">
      <p>${o("refused")} ${t.problem}</p>
      <button type="button" class="ghost" @click=${s}>${o("discard")}</button>
    </div>`}get options(){return{voice:this.config?.voice??!0,compact:this.config?.compact??!1}}key(t){t.key!=="ArrowLeft"&&t.key!=="ArrowRight"||(this.view=this.view==="today"?"progress":"today",this.updateComplete.then(()=>this.renderRoot.querySelector(`#tab-${this.view}`)?.focus()))}static{this.styles=[A,Et,b`
      ha-card {
        padding: 16px;
        display: flex;
        flex-direction: column;
        gap: 14px;
        min-height: 100%;
        container-type: inline-size;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 8px;
      }
      h2 {
        overflow-wrap: anywhere;
        min-width: 0;
      }
      .wrong {
        align-self: center;
      }
      [role="tablist"] {
        display: flex;
        border-radius: 24px;
        background: color-mix(in srgb, var(--tx) 7%, transparent);
      }
      [role="tab"] {
        color: var(--tx);
      }
      [role="tab"][aria-selected="true"] {
        background: color-mix(in srgb, var(--acc) 22%, var(--bg));
        font-weight: 500;
      }
    `]}};function ns(i,e){let t=Object.values(i.entities).filter(s=>s.platform==="pht_rehab"&&i.devices[s.device_id??""]?.primary_config_entry===e);return(s,r)=>t.find(n=>n.entity_id.startsWith(`${s}.`)&&n.translation_key===r)?.entity_id??""}function os(i,{entry_id:e,name:t}){let s=ns(i,e),r=s("calendar","plan"),n=s("todo","today"),a=[s("sensor","morning_pain"),s("sensor","session_pain")].filter(Boolean),c=["stage","days_to_next_progression","days_to_next_stage","next_session"].map(h=>s("sensor",h)).filter(Boolean).map(h=>({type:"tile",entity:h,name:{type:"entity"}})),p=[[{type:"custom:pht-rehab-card",programme:e,grid_options:{columns:"full"}}],[{type:"heading",heading:o("plan"),icon:"mdi:calendar"},...c,...r?[{type:"calendar",entities:[r],initial_view:"listWeek"}]:[],...n?[{type:"todo-list",entity:n,hide_create:!0}]:[]],[{type:"heading",heading:o("progress"),icon:"mdi:chart-line"},...a.length?[{type:"statistics-graph",entities:a,days_to_show:60,period:"day",stat_types:["mean"],chart_type:"line",min_y_axis:0,max_y_axis:10}]:[]]];return{title:t,path:e,type:"sections",max_columns:3,sections:p.map(h=>({type:"grid",cards:h}))}}var me=class extends HTMLElement{static{this.noEditor=!0}static{this.registryDependencies=["entities","devices"]}static getCreateSuggestions(){return{title:"Rehab",icon:"mdi:human-handsup"}}static async generate(e,t){await oe(t);let{programmes:s}=await t.callWS({type:"pht_rehab/programmes"});return s.length?{views:s.map(r=>os(t,r))}:{views:[{cards:[{type:"markdown",content:o("no_programme")}]}]}}};var as="https://github.com/pht-rehab/pht_rehab";function Rt(i,e){customElements.get(i)||customElements.define(i,e)}function Tt(i,e){i.some(t=>t.type===e.type)||i.push(e)}Rt("pht-rehab-card",ue);Rt("ll-strategy-dashboard-pht-rehab",me);Tt(window.customCards??=[],{type:"pht-rehab-card",name:"PHT Rehab",description:"Today's exercises, a guided session, and the weeks behind.",preview:!0,documentationURL:as,getEntitySuggestion:(i,e)=>{let t=i.entities[e];if(t?.platform!=="pht_rehab")return null;let s=i.devices[t.device_id??""]?.primary_config_entry;return s?{config:{type:"custom:pht-rehab-card",programme:s}}:null}});Tt(window.customStrategies??=[],{type:"pht-rehab",strategyType:"dashboard",name:"PHT Rehab",description:"Today, plan and progress of every programme."});
